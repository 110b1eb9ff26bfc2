#include "faces.h"

#define CROSEXTRA "/usr/share/fonts/truetype/crosextra/"
#define NOTO(name)                                                                                 \
    {                                                                                              \
        "/usr/share/fonts/truetype/noto/" name "-Regular.ttf",                                     \
            "/usr/share/fonts/truetype/noto/" name "-Bold.ttf"                                     \
    }

const struct face_file face_files[] = {
    {CROSEXTRA "Carlito-Regular.ttf", CROSEXTRA "Carlito-Bold.ttf"},
    NOTO("NotoSans"),
    NOTO("NotoSansHebrew"),
    NOTO("NotoSansArabic"),
    NOTO("NotoSansDevanagari"),
    NOTO("NotoSansThai"),
    NOTO("NotoSansArmenian"),
    NOTO("NotoSansGeorgian"),
    NOTO("NotoSansBengali"),
    NOTO("NotoSansGujarati"),
    NOTO("NotoSansGurmukhi"),
    NOTO("NotoSansKannada"),
    NOTO("NotoSansKhmer"),
    NOTO("NotoSansLao"),
    NOTO("NotoSansMalayalam"),
    NOTO("NotoSansMyanmar"),
    NOTO("NotoSansSinhala"),
    NOTO("NotoSansTamil"),
    NOTO("NotoSansTelugu"),
    NOTO("NotoSansEthiopic"),
    NOTO("NotoSansSymbols"),
    {"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0},
    {"/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
     "/usr/share/fonts/truetype/nanum/NanumGothicBold.ttf"}, /* Hangul */
    {0, 0},
};
