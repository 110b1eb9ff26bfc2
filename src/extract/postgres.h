/* postgres: the rows of a query from a server that speaks PostgreSQL's protocol.
 *
 * COPY (query) TO STDOUT (FORMAT csv, HEADER) goes through the CSV reader; a server that refuses
 * COPY is asked row by row. The password comes from where libpq looks for it (service file,
 * PGPASSWORD, .pgpass), never from the config. A server that says nothing for the extract's
 * timeout, and a connection that is lost, are errors: nothing of the run is published. */
#ifndef SEFPACK_EXTRACT_POSTGRES_H
#define SEFPACK_EXTRACT_POSTGRES_H

#include "source.h"

#endif
