/* The one file that knows libharu. Its font code is left alone (it knows 16-bit characters only,
 * and is slow): fonts are dictionaries of ours in its document. Its errors are sticky; the first is
 * kept and told by paper_save. */
#include "paper.h"

#include "arena.h"
#include "memory.h"
#include "metadata.h"
#include "profile.h"

#include <hpdf.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL_MOST = 8, NUMS_MOST = 400, FONT_MOST = 32 };

struct kid_page { /* marked pieces of a page: the element of each MCID */
    HPDF_Page page;
    HPDF_Array parents;
    uint32_t marks;
};

struct paper {
    struct arena *arena;
    HPDF_Doc doc;
    HPDF_Encoder utf8;
    HPDF_STATUS fault;
    HPDF_Dict root;
    size_t element_count, element_capacity;
    struct {
        HPDF_Dict dict;
        HPDF_Array kids;
        uint32_t parent;
        bool attached;
    } * element; /* 0 is the document */
    size_t page_count, page_capacity;
    struct kid_page *page;
    size_t number_count, number_capacity;
    void **number; /* ParentTree: an array or an element for each key */
    size_t font_count;
    HPDF_Dict font[FONT_MOST];
    HPDF_Outline bookmark[LEVEL_MOST + 1];
};

static void
note_fault(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
    struct paper *paper = context;
    (void)detail;
    if (!paper->fault)
        paper->fault = error;
}

static HPDF_Dict
new_object(struct paper *paper)
{
    HPDF_Dict dict = HPDF_Dict_New(paper->doc->mmgr);
    if (dict)
        HPDF_Xref_Add(paper->doc->xref, dict);
    return dict;
}

static HPDF_String
new_string(struct paper *paper, const char *utf8)
{
    return HPDF_String_New(paper->doc->mmgr, utf8 ? utf8 : "", paper->utf8);
}

static HPDF_Dict
new_stream(struct paper *paper, const struct buf *bytes, bool deflate)
{
    HPDF_Dict stream = HPDF_DictStream_New(paper->doc->mmgr, paper->doc->xref);
    if (!stream)
        return NULL;
    stream->filter = deflate ? HPDF_STREAM_FILTER_FLATE_DECODE : HPDF_STREAM_FILTER_NONE;
    HPDF_Stream_Write(stream->stream, (const HPDF_BYTE *)bytes->bytes, (HPDF_UINT)bytes->length);
    return stream;
}

static HPDF_Array
new_box(struct paper *paper, const float box[4])
{
    HPDF_Array array = HPDF_Array_New(paper->doc->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddReal(array, box[i]);
    return array;
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
describe(struct paper *paper, const struct paper_facts *facts)
{
    HPDF_Doc doc = paper->doc;
    struct buf bytes = {0};
    HPDF_SetInfoAttr(doc, HPDF_INFO_TITLE, facts->title);
    if (facts->author)
        HPDF_SetInfoAttr(doc, HPDF_INFO_AUTHOR, facts->author);
    if (facts->subject)
        HPDF_SetInfoAttr(doc, HPDF_INFO_SUBJECT, facts->subject);
    HPDF_SetInfoDateAttr(doc, HPDF_INFO_CREATION_DATE, parse_date(facts->date));
    HPDF_Dict marked = HPDF_Dict_New(doc->mmgr), viewer = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "MarkInfo", marked);
    HPDF_Dict_AddBoolean(viewer, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "ViewerPreferences", viewer);
    HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, facts->lang, NULL));
    metadata_write(facts, HPDF_GetInfoAttr(doc, HPDF_INFO_PRODUCER), &bytes);
    HPDF_Dict metadata = new_stream(paper, &bytes, false);
    HPDF_Dict_AddName(metadata, "Type", "Metadata");
    HPDF_Dict_AddName(metadata, "Subtype", "XML");
    HPDF_Dict_Add(doc->catalog, "Metadata", metadata);
    buf_free(&bytes);
}

static void
add_output_intent(struct paper *paper)
{
    HPDF_Doc doc = paper->doc;
    struct buf bytes = {0};
    profile_write(&bytes);
    HPDF_Dict profile = new_stream(paper, &bytes, true), intent = HPDF_Dict_New(doc->mmgr);
    HPDF_Array intents = HPDF_Array_New(doc->mmgr);
    HPDF_Dict_AddNumber(profile, "N", 3);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add(intent, "OutputConditionIdentifier", HPDF_String_New(doc->mmgr, "sRGB", NULL));
    HPDF_Dict_Add(intent, "DestOutputProfile", profile);
    HPDF_Array_Add(intents, intent);
    HPDF_Dict_Add(doc->catalog, "OutputIntents", intents);
    buf_free(&bytes);
}

static void
add_identity(struct paper *paper, const char *hex)
{
    HPDF_BYTE bytes[16] = {0};
    HPDF_Array id = HPDF_Array_New(paper->doc->mmgr);
    for (int i = 0; i < 32 && hex[i]; i++)
        bytes[i / 2] =
            (HPDF_BYTE)(bytes[i / 2] << 4 | (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10));
    for (int i = 0; i < 2; i++)
        HPDF_Array_Add(id, HPDF_Binary_New(paper->doc->mmgr, bytes, 16));
    HPDF_Dict_Add(paper->doc->trailer, "ID", id);
}

static uint32_t
add_element(struct paper *paper, uint32_t parent, const char *type)
{
    memory_grow(&paper->element, &paper->element_capacity, paper->element_count + 1,
                sizeof *paper->element);
    HPDF_Dict dict = new_object(paper);
    HPDF_Array kids = HPDF_Array_New(paper->doc->mmgr);
    HPDF_Dict_AddName(dict, "Type", "StructElem");
    HPDF_Dict_AddName(dict, "S", type);
    HPDF_Dict_Add(dict, "K", kids);
    paper->element[paper->element_count].dict = dict;
    paper->element[paper->element_count].kids = kids;
    paper->element[paper->element_count].parent = parent;
    paper->element[paper->element_count].attached = false;
    return (uint32_t)paper->element_count++;
}

struct paper *
paper_open(const struct paper_facts *facts)
{
    struct arena *arena = arena_new();
    struct paper *paper = arena_alloc(arena, sizeof *paper);
    paper->arena = arena;
    paper->doc = HPDF_New(note_fault, paper);
    if (!paper->doc)
        memory_exhausted(0);
    HPDF_SetCompressionMode(paper->doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(paper->doc);
    HPDF_SetCurrentEncoder(paper->doc, "UTF-8");
    paper->utf8 = HPDF_GetEncoder(paper->doc, "UTF-8");
    paper->doc->pdf_version = HPDF_VER_17;
    describe(paper, facts);
    add_output_intent(paper);
    add_identity(paper, facts->identity);
    paper->root = new_object(paper);
    HPDF_Dict_AddName(paper->root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(paper->doc->catalog, "StructTreeRoot", paper->root);
    add_element(paper, 0, "Document");
    HPDF_Dict_Add(paper->element[0].dict, "P", paper->root);
    HPDF_Dict_Add(paper->root, "K", paper->element[0].dict);
    paper->element[0].attached = true;
    return paper;
}

static uint32_t
add_number(struct paper *paper, void *object)
{
    memory_grow(&paper->number, &paper->number_capacity, paper->number_count + 1,
                sizeof *paper->number);
    paper->number[paper->number_count] = object;
    return (uint32_t)paper->number_count++;
}

void
paper_page(struct paper *paper, float width, float height)
{
    memory_grow(&paper->page, &paper->page_capacity, paper->page_count + 1, sizeof *paper->page);
    struct kid_page *page = &paper->page[paper->page_count++];
    *page = (struct kid_page){HPDF_AddPage(paper->doc), HPDF_Array_New(paper->doc->mmgr), 0};
    HPDF_Page_SetWidth(page->page, width);
    HPDF_Page_SetHeight(page->page, height);
    HPDF_Dict_AddNumber(page->page, "StructParents", (HPDF_INT32)add_number(paper, page->parents));
    HPDF_Dict_AddName(page->page, "Tabs", "S");
}

static struct kid_page *
last_page(struct paper *paper)
{
    return &paper->page[paper->page_count - 1];
}

void
paper_content(struct paper *paper, const struct buf *operators)
{
    HPDF_PageAttr attributes = last_page(paper)->page->attr;
    HPDF_Stream_Write(attributes->stream, (const HPDF_BYTE *)operators->bytes,
                      (HPDF_UINT)operators->length);
}

uint32_t
paper_element(struct paper *paper, uint32_t parent, const char *type)
{
    return add_element(paper, parent, type);
}

/* Elements join their parents when their first content is met, so that reading order is content
 * order; an element without content is in no tree. */
static void
attach(struct paper *paper, uint32_t element)
{
    while (!paper->element[element].attached) {
        uint32_t parent = paper->element[element].parent;
        attach(paper, parent);
        HPDF_Dict_Add(paper->element[element].dict, "P", paper->element[parent].dict);
        HPDF_Array_Add(paper->element[parent].kids, paper->element[element].dict);
        paper->element[element].attached = true;
    }
}

void
paper_alternative(struct paper *paper, uint32_t element, const char *utf8)
{
    HPDF_Dict_Add(paper->element[element].dict, "Alt", new_string(paper, utf8));
}

static void
add_attribute(struct paper *paper, uint32_t element, const char *owner, const char *key,
              void *value)
{
    HPDF_Dict attribute = HPDF_Dict_New(paper->doc->mmgr);
    HPDF_Dict_AddName(attribute, "O", owner);
    HPDF_Dict_Add(attribute, key, value);
    HPDF_Dict_Add(paper->element[element].dict, "A", attribute);
}

void
paper_scope(struct paper *paper, uint32_t element, const char *scope)
{
    add_attribute(paper, element, "Table", "Scope", HPDF_Name_New(paper->doc->mmgr, scope));
}

void
paper_box(struct paper *paper, uint32_t element, const float box[4])
{
    add_attribute(paper, element, "Layout", "BBox", new_box(paper, box));
}

uint32_t
paper_mark(struct paper *paper, uint32_t element)
{
    struct kid_page *page = last_page(paper);
    HPDF_Dict mark = HPDF_Dict_New(paper->doc->mmgr);
    attach(paper, element);
    HPDF_Dict_AddName(mark, "Type", "MCR");
    HPDF_Dict_Add(mark, "Pg", page->page);
    HPDF_Dict_AddNumber(mark, "MCID", (HPDF_INT32)page->marks);
    HPDF_Array_Add(paper->element[element].kids, mark);
    HPDF_Array_Add(page->parents, paper->element[element].dict);
    return page->marks++;
}

void
paper_link(struct paper *paper, uint32_t from, uint32_t element, const float box[4], uint32_t page,
           float y, const char *contents)
{
    HPDF_Page start = paper->page[from].page;
    HPDF_Rect rectangle = {box[0], box[1], box[2], box[3]};
    if (page >= paper->page_count)
        return;
    HPDF_Destination to = HPDF_Page_CreateDestination(paper->page[page].page);
    HPDF_Destination_SetFitH(to, y);
    HPDF_Annotation link = HPDF_Page_CreateLinkAnnot(start, rectangle, to);
    HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
    HPDF_Dict_Add(link, "Contents", new_string(paper, contents));
    HPDF_Dict_AddNumber(link, "F", 4);
    HPDF_Dict_AddNumber(link, "StructParent",
                        (HPDF_INT32)add_number(paper, paper->element[element].dict));
    HPDF_Dict object = HPDF_Dict_New(paper->doc->mmgr);
    attach(paper, element);
    HPDF_Dict_AddName(object, "Type", "OBJR");
    HPDF_Dict_Add(object, "Obj", link);
    HPDF_Dict_Add(object, "Pg", start);
    HPDF_Array_Add(paper->element[element].kids, object);
}

static void
write_widths(struct paper *paper, HPDF_Dict descendant, const struct paper_font *font)
{
    HPDF_Array widths = HPDF_Array_New(paper->doc->mmgr), row = NULL;
    for (uint32_t g = 0; g < 65536; g++) {
        if (!font->used[g]) {
            row = NULL;
            continue;
        }
        if (!row) {
            row = HPDF_Array_New(paper->doc->mmgr);
            HPDF_Array_AddNumber(widths, (HPDF_INT32)g);
            HPDF_Array_Add(widths, row);
        }
        HPDF_Array_AddReal(row, font->advance[g]);
    }
    HPDF_Dict_Add(descendant, "W", widths);
}

static void
write_utf16(struct buf *out, const char *utf8)
{
    const unsigned char *c = (const unsigned char *)utf8;
    while (*c) {
        int length = *c < 0x80 ? 1 : *c < 0xE0 ? 2 : *c < 0xF0 ? 3 : 4;
        uint32_t character = length == 1 ? *c : *c & (0xFFu >> (length + 1));
        for (int i = 1; i < length; i++)
            character = character << 6 | (c[i] & 0x3Fu);
        if (character >= 0x10000)
            buf_printf(out, "%04X%04X", 0xD800 + ((character - 0x10000) >> 10),
                       0xDC00 + ((character - 0x10000) & 0x3FF));
        else
            buf_printf(out, "%04X", character);
        c += length;
    }
}

static void
write_unicode_map(const struct paper_font *font, struct buf *out)
{
    uint32_t listed = 0, total = 0;
    buf_string(
        out,
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo "
        "<</Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (uint32_t g = 0; g < 65536; g++)
        total += font->used[g] && font->text[g];
    for (uint32_t g = 0; g < 65536; g++) {
        if (!font->used[g] || !font->text[g])
            continue;
        if (listed % 100 == 0)
            buf_printf(out, "%u beginbfchar\n", total - listed < 100 ? total - listed : 100);
        buf_printf(out, "<%04X> <", g);
        write_utf16(out, font->text[g]);
        buf_string(out, ">\n");
        if (++listed % 100 == 0 || listed == total)
            buf_string(out, "endbfchar\n");
    }
    buf_string(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static HPDF_Dict
new_descriptor(struct paper *paper, const struct paper_font *font, const char *name)
{
    HPDF_Dict descriptor = new_object(paper), file = new_stream(paper, font->subset, true);
    const float box[4] = {(float)font->box[0], (float)font->box[1], (float)font->box[2],
                          (float)font->box[3]};
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)font->subset->length);
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", name);
    HPDF_Dict_AddNumber(descriptor, "Flags", 4); /* its own character set */
    HPDF_Dict_Add(descriptor, "FontBBox", new_box(paper, box));
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(descriptor, "Ascent", font->ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", font->descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", font->cap_height);
    HPDF_Dict_AddNumber(descriptor, "StemV", font->bold ? 140 : 80);
    HPDF_Dict_Add(descriptor, "FontFile2", file);
    return descriptor;
}

void
paper_add_font(struct paper *paper, const struct paper_font *font)
{
    HPDF_MMgr mmgr = paper->doc->mmgr;
    struct buf map = {0};
    HPDF_Dict type0 = new_object(paper), descendant = new_object(paper),
              system = HPDF_Dict_New(mmgr);
    HPDF_Array descendants = HPDF_Array_New(mmgr);
    const char *name =
        arena_printf(paper->arena, "SEFPK%c+%s", (char)('A' + paper->font_count % 26), font->name);
    if (paper->font_count == FONT_MOST)
        return;
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(mmgr, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_AddName(descendant, "Type", "Font");
    HPDF_Dict_AddName(descendant, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(descendant, "BaseFont", name);
    HPDF_Dict_Add(descendant, "CIDSystemInfo", system);
    HPDF_Dict_Add(descendant, "FontDescriptor", new_descriptor(paper, font, name));
    HPDF_Dict_AddName(descendant, "CIDToGIDMap", "Identity");
    HPDF_Dict_AddNumber(descendant, "DW", 0);
    write_widths(paper, descendant, font);
    HPDF_Array_Add(descendants, descendant);
    HPDF_Dict_AddName(type0, "Type", "Font");
    HPDF_Dict_AddName(type0, "Subtype", "Type0");
    HPDF_Dict_AddName(type0, "BaseFont", name);
    HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
    HPDF_Dict_Add(type0, "DescendantFonts", descendants);
    write_unicode_map(font, &map);
    HPDF_Dict_Add(type0, "ToUnicode", new_stream(paper, &map, true));
    buf_free(&map);
    paper->font[paper->font_count++] = type0;
}

void
paper_bookmark(struct paper *paper, const char *title, int level, uint32_t page, float y)
{
    level = level < 1 ? 1 : level > LEVEL_MOST ? LEVEL_MOST : level;
    while (level > 1 && !paper->bookmark[level - 1])
        level--;
    HPDF_Outline outline =
        HPDF_CreateOutline(paper->doc, paper->bookmark[level - 1], title, paper->utf8);
    HPDF_Destination to = HPDF_Page_CreateDestination(paper->page[page].page);
    HPDF_Destination_SetFitH(to, y);
    HPDF_Outline_SetDestination(outline, to);
    HPDF_Outline_SetOpened(outline, level < 2 ? HPDF_TRUE : HPDF_FALSE);
    paper->bookmark[level] = outline;
    for (int below = level + 1; below <= LEVEL_MOST; below++)
        paper->bookmark[below] = NULL;
}

/* The number tree of marked content, in leaves that no array limit touches. */
static void
add_parent_tree(struct paper *paper)
{
    HPDF_MMgr mmgr = paper->doc->mmgr;
    HPDF_Dict tree = new_object(paper);
    HPDF_Array leaves = HPDF_Array_New(mmgr);
    for (size_t from = 0; from < paper->number_count; from += NUMS_MOST) {
        size_t end =
            from + NUMS_MOST < paper->number_count ? from + NUMS_MOST : paper->number_count;
        HPDF_Dict leaf = new_object(paper);
        HPDF_Array limits = HPDF_Array_New(mmgr), nums = HPDF_Array_New(mmgr);
        HPDF_Array_AddNumber(limits, (HPDF_INT32)from);
        HPDF_Array_AddNumber(limits, (HPDF_INT32)end - 1);
        for (size_t key = from; key < end; key++) {
            HPDF_Array_AddNumber(nums, (HPDF_INT32)key);
            HPDF_Array_Add(nums, paper->number[key]);
        }
        HPDF_Dict_Add(leaf, "Limits", limits);
        HPDF_Dict_Add(leaf, "Nums", nums);
        HPDF_Array_Add(leaves, leaf);
    }
    HPDF_Dict_Add(tree, "Kids", leaves);
    HPDF_Dict_Add(paper->root, "ParentTree", tree);
    HPDF_Dict_AddNumber(paper->root, "ParentTreeNextKey", (HPDF_INT32)paper->number_count);
}

static void
add_fonts_to_pages(struct paper *paper)
{
    char name[16];
    HPDF_Dict fonts = new_object(paper);
    for (size_t f = 0; f < paper->font_count; f++) {
        snprintf(name, sizeof name, "F%zu", f);
        HPDF_Dict_Add(fonts, name, paper->font[f]);
    }
    for (size_t p = 0; p < paper->page_count; p++) {
        HPDF_Dict resources = HPDF_Dict_GetItem(paper->page[p].page, "Resources", HPDF_OCLASS_DICT);
        if (resources)
            HPDF_Dict_Add(resources, "Font", fonts);
    }
}

static const char *
describe_fault(struct paper *paper)
{
    static const struct {
        HPDF_STATUS code;
        const char *what;
    } faults[] = {{HPDF_FAILD_TO_ALLOC_MEM, "libharu: out of memory"},
                  {HPDF_DICT_COUNT_ERR, "libharu: a dictionary is too large"},
                  {HPDF_ARRAY_COUNT_ERR, "libharu: an array is too large"}};
    for (size_t i = 0; paper->fault && i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == paper->fault)
            return faults[i].what;
    return paper->fault ? "libharu refused the document" : NULL;
}

const char *
paper_save(struct paper *paper, struct buf *out)
{
    HPDF_BYTE block[1 << 14];
    add_parent_tree(paper);
    add_fonts_to_pages(paper);
    if (!paper->fault && HPDF_SaveToStream(paper->doc) == HPDF_OK) {
        for (HPDF_UINT32 length = sizeof block; length > 0; length = sizeof block) {
            HPDF_STATUS status = HPDF_ReadFromStream(paper->doc, block, &length);
            buf_add(out, block, length);
            if (status == HPDF_STREAM_EOF || length == 0)
                break;
        }
    }
    const char *fault = describe_fault(paper);
    HPDF_Free(paper->doc);
    free(paper->element);
    free(paper->page);
    free(paper->number);
    arena_free(paper->arena);
    return fault;
}
