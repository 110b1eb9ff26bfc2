/* xmlread: an XML file of records in pieces, read on several threads.
 *
 * Workers take chunks of bytes by number. In order, one at a time, each puts what its forerunner
 * left over in front of its chunk and ends its piece where a record seems to begin; then it reads
 * the piece as a document of its own (see xml.h). In order again, it is seen whether that held: a
 * piece is only delivered when it and all before it are what they seemed to be. */
#ifndef SEFPACK_EXTRACT_XMLREAD_H
#define SEFPACK_EXTRACT_XMLREAD_H

#include "delivery.h"
#include "source.h"
#include "xml.h"

struct names;
struct sha256;
struct tray;

struct xmlread {
    const struct source_request *request;
    const struct xml_shape *shape;
    uint32_t column_count;
    const char *const *columns;
    struct delivery *delivery;
    struct tray *tray;   /* its columns, loose; notes what rows have shown */
    struct names *names; /* as of names_new; takes all names of the file */
    struct sha256 *sha;  /* of all bytes, or NULL; only whole when the file was read */
    uint32_t chunk;      /* bytes of one, XMLREAD_CHUNK at most */
    uint64_t rows;       /* delivered */
    uint64_t bytes;      /* read for them */
};

/* A piece and what is left over before it stay below what xml.h allows without an event. */
enum { XMLREAD_CHUNK = 192 * 1024 };

/* False where the file is not to be had in pieces, or only up to some row: `rows` were delivered,
 * in order, and the others must be read in another way. Never gives a message. */
bool
xmlread_pieces(struct xmlread *read);

#endif
