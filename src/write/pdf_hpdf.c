/* libharu's own font code is left alone (it knows 16-bit characters only, and is slow), and so is
 * its compression: what it writes is packed behind it. It takes the bytes of streams one by one
 * into blocks and out of them again: they stay with us, and its streams are empty. */
#include "pdf_hpdf.h"

#include "letters.h"
#include "memory.h"
#include "metadata.h"
#include "profile.h"

#include <hpdf.h>

#include <stdlib.h>
#include <string.h>

enum { LEVEL_MOST = 8 };

struct pdf {
    struct arena *arena;
    HPDF_Doc doc;
    HPDF_STATUS fault;
    size_t page_count, page_capacity, content_capacity;
    HPDF_Page *page;
    struct pdf_contents contents;
    HPDF_Outline bookmark[LEVEL_MOST + 1];
};

static void
note_fault(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
    struct pdf *pdf = context;
    (void)detail;
    if (!pdf->fault)
        pdf->fault = error;
}

static uint32_t
number_of(const void *object)
{
    return object ? ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF : 0;
}

/* Entries as text go behind those that libharu has for the object. */
static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct text *entries = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries->bytes, entries->length);
}

static void
set_entries(struct pdf *pdf, HPDF_Dict dict, struct text entries)
{
    struct text *kept = arena_alloc(pdf->arena, sizeof *kept);
    *kept = entries;
    dict->attr = kept;
    dict->write_fn = write_entries;
}

static HPDF_Dict
text_dict(struct pdf *pdf, struct text entries)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->doc->mmgr);
    if (dict)
        set_entries(pdf, dict, entries);
    return dict;
}

/* A text, as UTF-16. libharu's own encoder of UTF-8 makes a table of all its characters for every
 * document, and knows 16 bits of them. */
static HPDF_Binary
new_text(struct pdf *pdf, const char *utf8)
{
    struct buf units = {0};
    const char *end = utf8 + strlen(utf8);
    buf_add(&units, "\xFE\xFF", 2);
    while (utf8 < end) {
        uint32_t letter = letters_next(&utf8, end), rest = letter - 0x10000;
        uint32_t unit[] = {letter < 0x10000 ? letter : 0xD800 + (rest >> 10),
                           0xDC00 + (rest & 0x3FF)};
        for (int i = 0; letter && i < (letter < 0x10000 ? 1 : 2); i++) {
            buf_char(&units, (char)(unit[i] >> 8));
            buf_char(&units, (char)unit[i]);
        }
    }
    HPDF_Binary text =
        HPDF_Binary_New(pdf->doc->mmgr, (HPDF_BYTE *)units.bytes, (HPDF_UINT)units.length);
    buf_free(&units);
    return text;
}

/* What a stream holds; copied. */
static void
keep_content(struct pdf *pdf, HPDF_Dict stream, struct text bytes)
{
    struct pdf_contents *contents = &pdf->contents;
    uint32_t number = number_of(stream);
    memory_grow(&contents->of, &pdf->content_capacity, number + 1u, sizeof *contents->of);
    while (contents->count <= number)
        contents->of[contents->count++] = (struct text){NULL, 0};
    contents->of[number] = (struct text){
        arena_copy(pdf->arena, bytes.length ? bytes.bytes : "", bytes.length), bytes.length};
}

static HPDF_Dict
new_stream(struct pdf *pdf, const char *entries, struct text bytes)
{
    HPDF_Dict stream = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);
    if (!stream)
        return NULL;
    if (entries)
        set_entries(pdf, stream, text_of(entries));
    keep_content(pdf, stream, bytes);
    return stream;
}

static HPDF_Date
parse_date(const char *iso)
{
    HPDF_Date date = {.ind = 'Z'};
    for (int i = 0; i < 4; i++)
        date.year = date.year * 10 + (iso[i] - '0');
    date.month = (iso[5] - '0') * 10 + (iso[6] - '0');
    date.day = (iso[8] - '0') * 10 + (iso[9] - '0');
    return date;
}

static void
describe(struct pdf *pdf, const struct pdf_facts *facts)
{
    HPDF_Doc doc = pdf->doc;
    struct buf bytes = {0};
    HPDF_Dict_Add(doc->info, "Title", new_text(pdf, facts->title));
    if (facts->author && facts->author[0])
        HPDF_Dict_Add(doc->info, "Author", new_text(pdf, facts->author));
    if (facts->subject && facts->subject[0])
        HPDF_Dict_Add(doc->info, "Subject", new_text(pdf, facts->subject));
    HPDF_SetInfoDateAttr(doc, HPDF_INFO_CREATION_DATE, parse_date(facts->date));
    HPDF_Dict_Add(doc->catalog, "MarkInfo", text_dict(pdf, TEXT("/Marked true")));
    HPDF_Dict_Add(doc->catalog, "ViewerPreferences", text_dict(pdf, TEXT("/DisplayDocTitle true")));
    HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, facts->lang, NULL));
    metadata_write(facts, HPDF_GetInfoAttr(doc, HPDF_INFO_PRODUCER), &bytes);
    HPDF_Dict_Add(doc->catalog, "Metadata",
                  new_stream(pdf, "/Type/Metadata/Subtype/XML", buf_as_text(&bytes)));
    buf_clear(&bytes);
    profile_write(&bytes);
    uint32_t profile = number_of(new_stream(pdf, "/N 3", buf_as_text(&bytes)));
    const char *intent = arena_printf(
        pdf->arena,
        "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile %u 0 R",
        profile);
    HPDF_Array intents = HPDF_Array_New(doc->mmgr);
    HPDF_Array_Add(intents, text_dict(pdf, text_of(intent)));
    HPDF_Dict_Add(doc->catalog, "OutputIntents", intents);
    buf_free(&bytes);
}

static void
add_identity(struct pdf *pdf, const char *hex)
{
    HPDF_BYTE bytes[16] = {0};
    HPDF_Array id = HPDF_Array_New(pdf->doc->mmgr);
    for (int i = 0; i < 32 && hex[i]; i++)
        bytes[i / 2] =
            (HPDF_BYTE)(bytes[i / 2] << 4 | (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10));
    for (int i = 0; i < 2; i++)
        HPDF_Array_Add(id, HPDF_Binary_New(pdf->doc->mmgr, bytes, 16));
    HPDF_Dict_Add(pdf->doc->trailer, "ID", id);
}

struct pdf *
pdf_open(struct arena *arena, const struct pdf_facts *facts)
{
    struct pdf *pdf = arena_alloc(arena, sizeof *pdf);
    pdf->arena = arena;
    pdf->doc = HPDF_New(note_fault, pdf);
    if (!pdf->doc)
        memory_exhausted(0);
    pdf->doc->pdf_version = HPDF_VER_17;
    describe(pdf, facts);
    add_identity(pdf, facts->identity);
    return pdf;
}

uint32_t
pdf_object(struct pdf *pdf, struct text entries)
{
    HPDF_Dict dict = text_dict(pdf, entries);
    if (!dict || HPDF_Xref_Add(pdf->doc->xref, dict) != HPDF_OK)
        return 0;
    return number_of(dict);
}

uint32_t
pdf_next_number(const struct pdf *pdf)
{
    return pdf->doc->xref->addr + pdf->doc->xref->entries->count;
}

uint32_t
pdf_stream(struct pdf *pdf, const char *entries, struct text bytes)
{
    return number_of(new_stream(pdf, entries, bytes));
}

/* An object by its number. libharu refers to it wherever it is added. */
static void *
object_of(struct pdf *pdf, uint32_t number)
{
    HPDF_Xref xref = pdf->doc->xref;
    HPDF_XrefEntry entry = number ? HPDF_Xref_GetEntry(xref, number - xref->addr) : NULL;
    return entry ? entry->obj : NULL;
}

void
pdf_catalog(struct pdf *pdf, const char *key, uint32_t object)
{
    HPDF_Dict_Add(pdf->doc->catalog, key, object_of(pdf, object));
}

uint32_t
pdf_page(struct pdf *pdf, float width, float height, const struct buf *content)
{
    memory_grow(&pdf->page, &pdf->page_capacity, pdf->page_count + 1, sizeof(HPDF_Page));
    HPDF_Page page = HPDF_AddPage(pdf->doc);
    pdf->page[pdf->page_count++] = page;
    if (!page)
        return 0;
    HPDF_Page_SetWidth(page, width);
    HPDF_Page_SetHeight(page, height);
    HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)pdf->page_count - 1);
    HPDF_Dict_AddName(page, "Tabs", "S");
    HPDF_PageAttr attributes = page->attr;
    keep_content(pdf, attributes->contents, buf_as_text(content));
    return number_of(page);
}

void
pdf_fonts(struct pdf *pdf, struct text entries)
{
    uint32_t fonts = pdf_object(pdf, entries);
    for (size_t p = 0; p < pdf->page_count; p++) {
        HPDF_Dict resources =
            pdf->page[p] ? HPDF_Dict_GetItem(pdf->page[p], "Resources", HPDF_OCLASS_DICT) : NULL;
        if (resources)
            HPDF_Dict_Add(resources, "Font", object_of(pdf, fonts));
    }
}

/* The samples of a picture, of `channels` a pixel. */
static uint32_t
add_samples(struct pdf *pdf, const struct png *png, const char *samples, uint32_t channels,
            uint32_t mask)
{
    struct buf bytes = {0};
    buf_add(&bytes, samples, (size_t)png->width * png->height * channels);
    const char *entries = arena_printf(
        pdf->arena,
        "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8/ColorSpace/%s",
        png->width, png->height, channels > 1 ? "DeviceRGB" : "DeviceGray");
    if (mask)
        entries = arena_printf(pdf->arena, "%s/SMask %u 0 R", entries, mask);
    uint32_t number = pdf_stream(pdf, entries, buf_as_text(&bytes));
    buf_free(&bytes);
    return number;
}

void
pdf_picture(struct pdf *pdf, uint32_t page, const char *name, const struct png *png)
{
    uint32_t mask = png->opacity ? add_samples(pdf, png, png->opacity, 1, 0) : 0;
    uint32_t image = add_samples(pdf, png, png->colour, 3, mask);
    HPDF_Dict pictures = HPDF_Dict_New(pdf->doc->mmgr), resources = NULL;
    if (pdf->page[page])
        resources = HPDF_Dict_GetItem(pdf->page[page], "Resources", HPDF_OCLASS_DICT);
    if (!pictures || !resources)
        return; /* the fault is noted */
    HPDF_Dict_Add(pictures, name, object_of(pdf, image));
    HPDF_Dict_Add(resources, "XObject", pictures);
}

void
pdf_label(struct pdf *pdf, uint32_t page, const char *prefix)
{
    HPDF_AddPageLabel(pdf->doc, page, HPDF_PAGE_NUM_STYLE_DECIMAL, 1, prefix);
}

static HPDF_Destination
destination(struct pdf *pdf, uint32_t page, float y)
{
    HPDF_Destination to = HPDF_Page_CreateDestination(pdf->page[page]);
    if (to)
        HPDF_Destination_SetFitH(to, y);
    return to;
}

void
pdf_bookmark(struct pdf *pdf, const char *title, int level, uint32_t page, float y)
{
    level = level < 1 ? 1 : level > LEVEL_MOST ? LEVEL_MOST : level;
    while (level > 1 && !pdf->bookmark[level - 1])
        level--;
    if (page >= pdf->page_count)
        return;
    HPDF_Outline outline = HPDF_CreateOutline(pdf->doc, pdf->bookmark[level - 1], "", NULL);
    if (!outline)
        return;
    HPDF_Dict_Add(outline, "Title", new_text(pdf, title));
    HPDF_Outline_SetDestination(outline, destination(pdf, page, y));
    HPDF_Outline_SetOpened(outline, level < 2 ? HPDF_TRUE : HPDF_FALSE);
    pdf->bookmark[level] = outline;
    for (int below = level + 1; below <= LEVEL_MOST; below++)
        pdf->bookmark[below] = NULL;
}

uint32_t
pdf_link(struct pdf *pdf, const struct pdf_link *link)
{
    HPDF_Rect box = {link->box[0], link->box[1], link->box[2], link->box[3]};
    HPDF_Page page = pdf->page[link->page];
    HPDF_Annotation note =
        link->url
            ? HPDF_Page_CreateURILinkAnnot(page, box, link->url)
            : HPDF_Page_CreateLinkAnnot(page, box, destination(pdf, link->to_page, link->to_y));
    if (!note)
        return 0;
    HPDF_LinkAnnot_SetBorderStyle(note, 0, 0, 0);
    HPDF_Dict_Add(note, "Contents", new_text(pdf, link->contents));
    HPDF_Dict_AddNumber(note, "F", 4); /* printed */
    HPDF_Dict_AddNumber(note, "StructParent", (HPDF_INT32)link->key);
    return number_of(note);
}

static const char *
describe_fault(const struct pdf *pdf)
{
    static const struct {
        HPDF_STATUS code;
        const char *what;
    } faults[] = {{HPDF_FAILD_TO_ALLOC_MEM, "libharu: out of memory"},
                  {HPDF_DICT_COUNT_ERR, "libharu: a dictionary is too large"},
                  {HPDF_ARRAY_COUNT_ERR, "libharu: an array is too large"}};
    for (size_t i = 0; pdf->fault && i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == pdf->fault)
            return faults[i].what;
    return pdf->fault ? arena_printf(pdf->arena, "libharu: error 0x%04lX", pdf->fault) : NULL;
}

const char *
pdf_save(struct pdf *pdf, struct buf *out, struct pdf_contents *contents)
{
    HPDF_BYTE block[1 << 15];
    if (!pdf->fault && HPDF_SaveToStream(pdf->doc) == HPDF_OK) {
        for (HPDF_UINT32 length = sizeof block; length > 0;) {
            length = sizeof block;
            HPDF_STATUS status = HPDF_ReadFromStream(pdf->doc, block, &length);
            buf_add(out, block, length);
            if (status == HPDF_STREAM_EOF)
                break;
        }
    }
    const char *fault = describe_fault(pdf);
    HPDF_Free(pdf->doc);
    free(pdf->page);
    *contents = pdf->contents;
    return fault;
}
