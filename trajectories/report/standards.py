"""What does the paper lack for readers, archives and seals when WeasyPrint is done? Added right before it is written."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

SEAL = "Seal"  # the name of the field that the organisation's certificate seals
PRINTED = 4  # the flag of an annotation that a PDF/A may hold; it has no size, so that nothing of it is seen
# PDF/A knows no other marks than its own until they are explained (ISO 19005-3, 6.6.2.3); this explains that of PDF/UA.
ACCESSIBLE_TOO = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which this document conforms</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


@dataclass(frozen=True, kw_only=True)
class Values:
    """What a machine can read: `json` under the file name `name`, with a sentence that says what it is; made at `at` (aware)."""

    name: str
    json: str
    about: str
    at: datetime


def attachment(values):
    """`values` as WeasyPrint attaches them. Its moments are given: left out, they would be those of the rendering."""
    from weasyprint import Attachment  # noqa: PLC0415  late, as in paper.py

    moment = {"created": values.at, "modified": values.at}
    return Attachment(string=values.json, name=values.name, description=values.about, relationship="Data", **moment)


def scope_headers(pdf):
    """WeasyPrint links cells to their headers but leaves out /Scope, which PDF/UA readers ask for."""
    for item in pdf.objects:
        with suppress(TypeError, KeyError):
            if item["S"] == "/TH" and "ID" in item:
                item["A"]["Scope"] = "/Column" if item["ID"].string.split("-")[1] == "0" else "/Row"


def leave_place_for_seal(pdf, told):
    """An empty field for a signature on the last page, without size and with its own place among the tags.

    Made here and not by who signs, so that the tags are whole before and after, and a seal changes no other object of the document.
    """
    import pydyf  # noqa: PLC0415  comes with weasyprint

    page_address = pdf.page_references[-1]
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    document, known = root["K"][0], _at(pdf, root["ParentTree"])["Nums"]
    place = len(known) // 2
    facts = {"Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "F": PRINTED, "Rect": pydyf.Array((0, 0, 0, 0))}
    words = {"T": pydyf.String(SEAL), "TU": pydyf.String(told)}
    field = _add(pdf, pydyf.Dictionary({**facts, **words, "P": page_address, "StructParent": place}))
    reference = _add(pdf, pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page_address}))
    facts = {"Type": "/StructElem", "S": "/Form", "K": pydyf.Array([reference.reference]), "Pg": page_address, "P": document}
    element = _add(pdf, pydyf.Dictionary(facts))
    _at(pdf, document)["K"].append(element.reference)
    known.extend([place, element.reference])
    _at(pdf, page_address)["Annots"] = pydyf.Array([field.reference])
    pdf.catalog["AcroForm"] = _add(pdf, pydyf.Dictionary({"Fields": pydyf.Array([field.reference])})).reference


def say_it_is_accessible_too(pdf):
    """An archival file has the same tags as the other; let it say so. And name the attachment once, not twice as WeasyPrint does."""
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.stream = [part.replace(b"</rdf:RDF>", ACCESSIBLE_TOO) for part in metadata.stream]


def _at(pdf, address):
    """The object at an address, as "12 0 R"."""
    return pdf.objects[int(bytes(address).split()[0] if isinstance(address, bytes) else address.split()[0])]


def _add(pdf, item):
    pdf.add_object(item)
    return item
