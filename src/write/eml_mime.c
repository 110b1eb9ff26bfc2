#include "eml_mime.h"

#include "eml_header.h"

#include <gmime/gmime.h>

/* A header whose value is written out already: GMime would make encoded words that are longer than
 * RFC 2047 allows and cut file names between the bytes of a character. */
static void
set_header(GMimeObject *object, const char *name, const struct buf *value)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(object);
    char *raw = g_strdup_printf(" %s\n", value->bytes);
    g_mime_header_list_append(headers, name, "x", NULL);
    g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name), raw);
    g_free(raw);
}

static void
add_address(GMimeMessage *message, const char *name, struct doc_mailbox mailbox)
{
    struct buf value = {0};
    if (!mailbox.address)
        return;
    eml_header_mailbox(&value, (unsigned)strlen(name) + 2, mailbox.name, mailbox.address);
    set_header(GMIME_OBJECT(message), name, &value);
    buf_free(&value);
}

static void
add_subject(GMimeMessage *message, const char *subject)
{
    static const char name[] = "Subject";
    struct buf value = {0};
    eml_header_text(&value, sizeof name + 1, subject);
    if (value.length)
        set_header(GMIME_OBJECT(message), name, &value);
    buf_free(&value);
}

static GMimeObject *
new_text(const char *subtype, const struct buf *bytes, const char *lang)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
    g_mime_text_part_set_charset(part, "utf-8");
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes->bytes, bytes->length);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(GMIME_PART(part), content);
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_header(GMIME_OBJECT(part), "Content-Language", lang, NULL);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

static GMimeObject *
new_attachment(const struct doc_attachment *attachment)
{
    GMimeContentType *type = g_mime_content_type_parse(NULL, attachment->type);
    GMimePart *part = g_mime_part_new();
    g_mime_object_set_content_type(GMIME_OBJECT(part), type);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(attachment->bytes, attachment->length);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    struct buf disposition = {0};
    eml_header_attachment(&disposition, attachment->name);
    set_header(GMIME_OBJECT(part), "Content-Disposition", &disposition);
    buf_free(&disposition);
    g_object_unref(content);
    g_object_unref(stream);
    g_object_unref(type);
    return GMIME_OBJECT(part);
}

static GMimeMultipart *
new_multipart(const char *subtype, const char *boundary, int number)
{
    char name[100];
    GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
    g_snprintf(name, sizeof name, "%s_%d", boundary, number);
    g_mime_multipart_set_boundary(multipart, name);
    return multipart;
}

static void
add_part(GMimeMultipart *multipart, GMimeObject *part)
{
    g_mime_multipart_add(multipart, part);
    g_object_unref(part);
}

static GMimeMessage *
new_message(const struct eml_message *of)
{
    GMimeMessage *message = g_mime_message_new(FALSE);
    GDateTime *date = g_date_time_new_utc(of->date.year, of->date.month, of->date.day, 12, 0, 0);
    add_address(message, "From", of->from);
    add_address(message, "Reply-To", of->reply_to);
    add_address(message, "To", of->to);
    add_subject(message, of->subject);
    g_mime_message_set_date(message, date);
    g_mime_message_set_message_id(message, of->id);
    g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(GMIME_OBJECT(message), "MIME-Version", "1.0", NULL);
    g_date_time_unref(date);
    return message;
}

/* A line of a single dot ends a message in SMTP. Only quoted-printable can have one, and has
 * another way to write it: nothing then depends on who doubles dots on the way. */
static void
add_without_dot_lines(struct buf *out, const char *bytes, size_t length)
{
    static const char dot[] = "\r\n.\r\n";
    const char *end = bytes + length;
    for (const char *at; (at = memmem(bytes, (size_t)(end - bytes), dot, sizeof dot - 1));) {
        buf_add(out, bytes, (size_t)(at - bytes));
        buf_string(out, "\r\n=2E");
        bytes = at + 3;
    }
    buf_add(out, bytes, (size_t)(end - bytes));
}

static void
write_message(GMimeMessage *message, struct buf *out)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    add_without_dot_lines(out, (const char *)bytes->data, bytes->len);
    g_object_unref(stream);
    g_mime_format_options_free(options);
}

void
eml_mime_write(const struct eml_message *of, struct buf *out)
{
    g_mime_init(); /* once; GMime counts further calls */
    GMimeMessage *message = new_message(of);
    GMimeMultipart *mixed = new_multipart("mixed", of->boundary, 1);
    GMimeMultipart *alternative = new_multipart("alternative", of->boundary, 2);
    add_part(alternative, new_text("plain", of->text, of->lang));
    add_part(alternative, new_text("html", of->html, of->lang));
    add_part(mixed, GMIME_OBJECT(alternative));
    for (uint32_t i = 0; i < of->attachment_count; i++)
        add_part(mixed, new_attachment(&of->attachment[i]));
    g_mime_message_set_mime_part(message, GMIME_OBJECT(mixed));
    write_message(message, out);
    g_object_unref(mixed);
    g_object_unref(message);
}
