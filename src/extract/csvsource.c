#include "csvfile.h"
#include "source.h"

static bool
read_csv(void *context, struct delivery *delivery, struct extract_file *file, struct diag *diag)
{
    return csvfile_read(context, delivery, file, diag);
}

static void
close_csv(void *context)
{
    csvfile_close(context);
}

bool
source_open_csv(struct source *source, const struct source_request *request, struct diag *diag)
{
    struct csvfile *csv =
        csvfile_open(request->path, request->extract, request->mapping, request->jobs, diag);
    if (!csv)
        return false;
    *source = (struct source){csv->binding, csv, read_csv, close_csv};
    return true;
}
