# SPDX-License-Identifier: EUPL-1.2
"""Shows every paper of a folder to checkers that are not ours, and a spoilt one that none of them may let through.

The name of a paper tells which part of PDF/A it keeps: `receipt.2a.pdf`, `cv-driver.3a.pdf`. PDF/UA-1 it keeps anyway.
"""

import io
import sys
from pathlib import Path

import page
import pdfua
import pikepdf


LENGTH = "a stream /Length does not match its raw content length"


def page_says(path, profile):
    """What `page` finds wrong, by the rules of one profile."""
    report = page.validate_pdf(str(path), profile=profile)
    found = [str(failure.message) for failure in report.failures]
    # Packed data may end with the byte of a carriage return, and the line feed before `endstream` follows it: `page` 0.11
    # takes both for the end of the line and counts one byte too few. Only then its count is not believed.
    if LENGTH in found and ends_with_a_return(path):
        found.remove(LENGTH)
    return found


def ends_with_a_return(path):
    """True when there are such streams and every stream is as long as it says; qpdf counts by what it says."""
    with pikepdf.open(path) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        data = [bytes(one.read_raw_bytes()) for one in streams]
        sound = all(len(each) == int(one.Length) for each, one in zip(data, streams))
        return sound and not pdf.check_pdf_syntax() and any(each.endswith(b"\r") for each in data)


def pdfua_says(path):
    """What `pdfua` finds wrong. A rule that breaks down by itself is no finding."""
    return [str(finding) for finding in pdfua.validate(str(path)).findings]


def qpdf_says(path):
    """What qpdf finds wrong with the file as a file."""
    with pikepdf.open(path) as pdf:
        return pdf.check_pdf_syntax()


def checks(path):
    """The name of every check with what it finds."""
    archival = path.suffixes[-2].lstrip(".")
    yield f"PDF/A-{archival} by page", page_says(path, archival)
    yield "PDF/UA-1 by page", page_says(path, "ua1")
    yield "PDF/UA-1 by pdfua", pdfua_says(path)
    yield "syntax by qpdf", qpdf_says(path)


def spoilt(path, folder):
    """The paper without its tags, in another folder."""
    untagged = folder / f"spoilt.{path.suffixes[-2].lstrip('.')}.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        pdf.save(untagged)
    return untagged


def main(folder):
    papers = sorted(folder.glob("*.pdf"))
    passed = failed = 0

    def tell(name, sound, more=()):
        nonlocal passed, failed
        passed, failed = passed + sound, failed + (not sound)
        if not sound:
            print(f"{name}: FAILED", *more, sep="\n  ")

    tell("there are papers to check", len(papers) > 20)
    for path in papers:
        for check, found in checks(path):
            tell(f"{path.name}, {check}", not found, found)
    aside = folder / "spoilt"
    aside.mkdir(exist_ok=True)
    for path in papers[:1]:
        *tags, _ = checks(spoilt(path, aside))
        for check, found in tags:
            tell(f"a paper without tags is refused: {check}", bool(found))
        torn = path.read_bytes()
        torn = torn[: torn.rindex(b"xref")]
        with pikepdf.open(io.BytesIO(torn)) as pdf:
            tell("a torn paper is refused by qpdf", bool(pdf.check_pdf_syntax()))
    print(f"papers by independent checkers: {passed} passed; {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
