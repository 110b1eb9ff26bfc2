#include "metadata.h"

#include "escape.h"

static void
language_alternative(struct buf *out, const char *property, const char *text)
{
    if (!text || !text[0])
        return;
    buf_printf(out, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", property);
    escape_text(out, text);
    buf_printf(out, "</rdf:li></rdf:Alt></%s>", property);
}

/* PDF/A knows nothing of the PDF/UA property, so its schema must be described. */
static const char schema[] =
    "<rdf:Description rdf:about=\"\" "
    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA "
    "identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</"
    "pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li "
    "rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</"
    "pdfaProperty:category>"
    "<pdfaProperty:description>Part of "
    "PDF/UA</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>"
    "</pdfaExtension:schemas></rdf:Description>";

void
metadata_write(const struct pdf_facts *facts, const char *producer, struct buf *out)
{
    buf_string(
        out,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta "
        "xmlns:x=\"adobe:ns:meta/\">"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
        "rdf:about=\"\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
        "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
        "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
        "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">");
    language_alternative(out, "dc:title", facts->title);
    language_alternative(out, "dc:description", facts->subject);
    if (facts->author && facts->author[0]) {
        buf_string(out, "<dc:creator><rdf:Seq><rdf:li>");
        escape_text(out, facts->author);
        buf_string(out, "</rdf:li></rdf:Seq></dc:creator>");
    }
    buf_printf(out, "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate><pdf:Producer>%s</pdf:Producer>",
               facts->date, producer);
    buf_string(out, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</"
                    "pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
                    "</rdf:Description>");
    buf_string(out, schema);
    buf_string(out, "</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>");
}
