"""What is a PDF made of, for who does not see it? Its tags in reading order, and what lies outside them."""

import pikepdf

PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}


def untagged(document):
    """What is painted without a tag or the mark of an artifact, as (page, operator); [] is what one wants."""
    found = []
    for number, page in enumerate(document.pages, 1):
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in PAINTS and not depth:
                found.append((number, name))
    return found


def outline(document):
    """The tags of the document as (depth, kind), in reading order."""

    def walk(element, depth):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield depth, str(element.S)[1:]
            for kid in element.get("/K", ()):
                yield from walk(kid, depth + 1)

    return list(walk(document.Root.StructTreeRoot.K[0], 0))


def orphans(document):
    """Numbers in the parent tree that no element claims, and elements that the tree does not know; [] is what one wants."""
    nums = document.Root.StructTreeRoot.ParentTree.Nums
    known = {int(nums[at]) for at in range(0, len(nums), 2)}
    asked = {int(page.StructParents) for page in document.pages}
    asked |= {int(annotation.StructParent) for page in document.pages for annotation in page.get("/Annots", ())}
    return sorted(known ^ asked)
