"""Whether a page is valid HTML: what a strict parser finds (a form within a form, too), and what none looks for."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

XHTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = {"button", "input", "meter", "output", "progress", "select", "textarea"}
# Attributes that name other elements of the page by their ids.
NAMES_IDS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "form", "list", "headers")


def faults(page: str) -> list[str]:
    """Every fault of a page, in words. A part that is put into a page is read as the body of one."""
    parser = HTMLParser()
    whole = page if "<!doctype" in page[:200].lower() else f"<!doctype html><title>x</title>{page}"
    root = parser.parse(whole)
    found = [f"{_near(whole, at)}: {code} {told or ''}".strip() for at, code, told in parser.errors]
    elements = list(root.iter())
    by_id = {element.get("id"): _tag(element) for element in elements if "id" in element.attrib}
    ids = Counter(element.get("id") for element in elements if "id" in element.attrib)
    found += [f"{count} elements with the id {id_}" for id_, count in ids.items() if count > 1]
    found += ["empty id" for id_ in ids if not id_]
    for element in elements:
        found += _of_one(element, by_id)
    return found


def _of_one(element: Element, by_id: dict[str, str]) -> Iterator[str]:
    tag = _tag(element)
    if tag == "img" and "alt" not in element.attrib:
        yield f"a picture without alt: {element.get('src')}"
    if tag == "label":
        yield from _label(element, by_id)
    for name in NAMES_IDS:
        for id_ in (element.get(name) or "").split():
            if id_ not in by_id:
                yield f"{tag} {name}={id_} names nothing"
    if tag == "a" and (element.get("href") or "").startswith("#") and element.get("href")[1:] not in by_id:
        yield f"a link to {element.get('href')}, which is not there"


def _label(element: Element, by_id: dict[str, str]) -> Iterator[str]:
    words = "".join(element.itertext()).strip()[:40]
    if "for" in element.attrib:
        if by_id.get(element.get("for")) not in LABELLED:
            yield f"the label “{words}” is for {element.get('for')}, which is no control"
    elif sum(_tag(one) in LABELLED for one in element.iter()) != 1:
        yield f"the label “{words}” is for no control, or for several"


def _tag(element: Element) -> str:
    return str(element.tag).removeprefix(XHTML)


def _near(page: str, at: tuple[int, int]) -> str:
    line, column = at
    return page.splitlines()[line - 1][max(0, column - 60) : column + 20] if page else ""
