"""Documents of every format, made here from a few lines."""

import gzip
import io
import tarfile
import zipfile
import zlib
from email.message import EmailMessage

from backports import zstd

HEADLINE = "Norvik Harbour Names Ada Quill Chief Executive Officer"
LEAD = "OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer."
QUOTE = "\u201cWe will grow with the port,\u201d said Quill, who starts on April 1."
ABOUT = "Norvik Harbour AS runs the port of Norvik and has done so for many years."
RELEASE = f"{HEADLINE}\n\n{LEAD}\n\n{QUOTE}\n\nAbout Norvik Harbour\n{ABOUT}\n"


# PDF

A4 = "0 0 595 842"


def place(lines, top=780, left=72, size=11, step=15):
    """Return lines as (x, y, size, text), one below the other."""
    return [(left, top - number * step, size, text) for number, text in enumerate(lines)]


def make_pdf(*pages, more="", trailer=""):
    """Return a PDF document; a page is a list of (x, y, size, text)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        commands = "".join(f"BT /F1 {size} Tf {x} {y} Td ({escape(text)}) Tj ET\n" for x, y, size, text in page)
        data = zlib.compress(commands.encode("cp1252")).decode("latin-1")
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] /Contents {number + 1} 0 R /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>"
        )
        objects.append(f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n{data}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects += [more] if more else []
    return write_objects(objects, trailer)


def escape(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def write_objects(objects, trailer=""):
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return (data + end + f"startxref\n{len(data)}\n%%EOF\n").encode("latin-1")


def make_release_pdf():
    return make_pdf([(72, 780, 16, HEADLINE), *place([LEAD], 740), *place([QUOTE], 710), *place([ABOUT], 680)])


# Word

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_docx(body, **more):
    """Return a Word document with this XML as its body, and more members by name."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document, **more}
    return make_zip(members)


def make_release_docx():
    return make_docx("".join(paragraph(line) for line in RELEASE.splitlines() if line))


# Web pages and mail

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{HEADLINE} | Norvik Newsroom</title>
<meta property="article:published_time" content="2024-03-05T09:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">All news</a></li></ul></nav>
<article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{QUOTE}</p>
<h3>About Norvik Harbour</h3><p>{ABOUT}</p></article>
<footer><p>We use cookies.</p></footer><script>document.write("never run")</script></body></html>"""


def make_mail(text=RELEASE, html=None, subject=HEADLINE, attachments=(), **heads):
    """Return an e-mail; attachments are (name, media type, bytes)."""
    message = EmailMessage()
    for name, value in {"From": "press@norvik.example", "Date": "Tue, 05 Mar 2024 09:30:00 +0100", **heads}.items():
        message[name] = value
    if subject:
        message["Subject"] = subject
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    for name, media_type, data in attachments:
        main, sub = media_type.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


# Archives


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(members):
    """Return a tar archive; a member's data may be a TarInfo of another type instead."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members if isinstance(members, list) else members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return buffer.getvalue()


def make_link(name, target):
    header = tarfile.TarInfo(name)
    header.type, header.linkname = tarfile.SYMTYPE, target
    return header


def gz(data):
    return gzip.compress(data, mtime=0)


def zst(data):
    return zstd.compress(data)


def make_bomb(megabytes):
    """Return a gzip file that unpacks to zeros."""
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1_000_000)
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])
