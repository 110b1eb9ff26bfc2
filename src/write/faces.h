/* faces: the files that text is drawn with, in the order in which a character is looked for. */
#ifndef SEFPACK_WRITE_FACES_H
#define SEFPACK_WRITE_FACES_H

struct face_file {
    const char *regular, *bold; /* NULL: has none */
};

/* The first is the text face; a NULL regular ends. */
extern const struct face_file face_files[];

#endif
