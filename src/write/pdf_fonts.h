/* pdf_fonts: which glyphs a document draws, and the font objects for them. */
#ifndef SEFPACK_WRITE_PDF_FONTS_H
#define SEFPACK_WRITE_PDF_FONTS_H

#include "fonts.h"
#include "pdf_hpdf.h"

struct pdf_fonts;

struct pdf_fonts *
pdf_fonts_new(struct arena *arena, struct fonts *fonts);

/* Notes that a glyph of a word is drawn; false when the glyph stands for another text already (or
 * for none), so that the word must say what it is by itself. */
bool
pdf_fonts_use(struct pdf_fonts *fonts, const struct shaped *word, const struct glyph *glyph);

/* The advance that the font has for the glyph, as it is written in the file. */
float
pdf_fonts_advance(const struct pdf_fonts *fonts, const struct glyph *glyph);

/* Makes all fonts, named F<face>, and gives them to the pages. False when one cannot be made. */
bool
pdf_fonts_write(struct pdf_fonts *fonts, struct pdf *pdf);

#endif
