"""Mathematics: what is translated, and what is left as it was written."""

from __future__ import annotations

import pikepdf
import pytest

from kochu.typst.formulas import formula, translated

pytest.importorskip("tex2typst", reason="pip install tex2typst for mathematics in the PDF")

PAGE = r"""# Notes

Agreement is $\kappa = \frac{p_o - p_e}{1 - p_e}$.

```{math}
:label: sum

s &= \sum_{i=1}^n i \\
  &= \frac{n(n+1)}{2}
```

By {eq}`sum` it is not small.
"""


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        (r"E = mc^2", "E = m c^2"),
        (r"a &= b \\ c &= d", r"a &= b \ c &= d"),
        (r"\text{国防}", '"国防"'),
        (r"\odd{x}", None),
        (r"\frac{a}{", None),
        ("a & b", None),
        ("#panic()", None),
        ("", None),
    ],
)
def test_what_typst_does_not_take_is_not_given_to_it(tex, typst):
    assert translated(tex) == typst


def test_a_formula_can_be_read_out():
    assert formula('x^2"', block=True) is None
    assert formula("x^2", number="1", block=True) == (
        '#math.equation(alt: "x^2", block: true, numbering: _ => [(1)], $ x^2 $)'
    )


def test_formulas_are_set_numbered_and_accessible(typeset, project):
    project.write("docs/notes.md", PAGE)
    printed = typeset(conf='myst_enable_extensions = ["colon_fence", "dollarmath"]\n')
    assert not printed.code, printed.log
    with pikepdf.open(printed.folder / "a-small-edition.pdf") as pdf:
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    assert "numbering: _ => [(1)]" in printed.source()
