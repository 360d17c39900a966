"""A QTI 2.1 content package: one item an exercise, a test that holds them all.

Source: 1EdTech, Question and Test Interoperability 2.1. ``ruby`` came with QTI 2.2; it is
written all the same, with brackets for players that do not know it.
"""

from __future__ import annotations

from itertools import groupby
import re
import xml.etree.ElementTree as ET

from kochu.exercises.model import Ask, Question
from kochu.exports.lms.material import Lms, Shown
from kochu.exports.lms.packing import pack
from kochu.exports.lms.qti_answers import declaration, processing

__all__ = ["qti"]

NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_VOID = re.compile(r"<(br|hr|img)((?:\s[^<>]*?)?)\s*/?>")


def qti(lms: Lms) -> bytes:
    """Write exercises as a QTI 2.1 package."""
    files: dict[str, bytes] = {}
    items: list[tuple[str, str, list[str]]] = []
    for exercise in lms.exercises:
        shown = lms.shown(exercise, lambda name, _: f"../images/{name}")
        name = f"item-{exercise.id}"
        files[f"items/{name}.xml"] = _file(_item(shown, name))
        images = [f"images/{image}" for image in shown.images.kept]
        files |= {f"images/{image}": content for image, content in shown.images.kept.items()}
        items.append((name, f"items/{name}.xml", images))
    files["test.xml"] = _file(_test(lms, items))
    return pack({"imsmanifest.xml": _file(_manifest(items)), **files})


def _file(root: ET.Element) -> bytes:
    content: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def _item(shown: Shown, name: str) -> ET.Element:
    item = ET.Element(
        "assessmentItem",
        {
            "xmlns": NS,
            "identifier": name,
            "title": shown.exercise.meta.title,
            "adaptive": "false",
            "timeDependent": "false",
            "xml:lang": "en",
        },
    )
    questions = shown.exercise.sheet.questions
    for question in questions:
        item.append(declaration(question, shown.key(question)))
    score = ET.SubElement(
        item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    ET.SubElement(ET.SubElement(score, "defaultValue"), "value").text = "0"
    most = ET.SubElement(
        item, "outcomeDeclaration", identifier="MAXSCORE", cardinality="single", baseType="float"
    )
    ET.SubElement(ET.SubElement(most, "defaultValue"), "value").text = f"{shown.exercise.meta.points:g}"
    ET.SubElement(
        item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"
    )
    item.append(_body(shown))
    item.append(processing(questions, shown.exercise.secret.keys))
    feedback = shown.markup.html(shown.exercise.secret.feedback)
    modal = {"outcomeIdentifier": "FEEDBACK", "identifier": "done", "showHide": "show"}
    item.append(_xml(f"<modalFeedback{_attributes(modal)}>{feedback}</modalFeedback>"))
    return item


def _body(shown: Shown) -> ET.Element:
    questions = {question.id: question for question in shown.exercise.sheet.questions}
    gaps = shown.gaps()
    parts = [shown.prompt(), shown.sentences(lambda name: _inline(shown, questions[name]))]
    beside = [question for question in questions.values() if question.id not in gaps]
    for number, row in enumerate(([*r] for _, r in groupby(beside, key=lambda q: q.group or q.id)), 1):
        parts += [_asked(shown, question, number if len(beside) > 1 else 0) for question in row]
    return _xml(f"<itemBody>{''.join(parts)}</itemBody>")


def _asked(shown: Shown, question: Question, number: int) -> str:
    label = shown.markup.inline(question.label)
    if number and question.group in ("", question.id):
        label = f"{number}. {label}"
    answer = _attributes({"responseIdentifier": f"R{question.id}"})
    prompt = f"<prompt>{label}</prompt>" if label else ""
    choices = "".join(
        f'<simpleChoice identifier="{o.id}">{shown.markup.inline(o.text)}</simpleChoice>'
        for o in question.options
    )
    match question.ask:
        case Ask.TEXT:
            return f"<p>{label}: {_inline(shown, question)}</p>"
        case Ask.FREE:
            rows = f' expectedLines="{question.lines}"'
            return f"<extendedTextInteraction{answer}{rows}>{prompt}</extendedTextInteraction>"
        case Ask.ORDER:
            return f'<orderInteraction{answer} shuffle="false">{prompt}{choices}</orderInteraction>'
        case _:
            most = 1 if question.ask is Ask.ONE else 0
            answer += f' shuffle="false" maxChoices="{most}"'
            return f"<choiceInteraction{answer}>{prompt}{choices}</choiceInteraction>"


def _inline(shown: Shown, question: Question) -> str:
    answer = _attributes({"responseIdentifier": f"R{question.id}"})
    if question.options:
        # Nothing but text may stand in such a choice.
        choices = "".join(
            f'<inlineChoice identifier="{o.id}">{_text(shown.markup.plain(o.text))}</inlineChoice>'
            for o in question.options
        )
        return f'<inlineChoiceInteraction{answer} shuffle="false">{choices}</inlineChoiceInteraction>'
    return f'<textEntryInteraction{answer} expectedLength="20"/>'


def _test(lms: Lms, items: list[tuple[str, str, list[str]]]) -> ET.Element:
    test = ET.Element("assessmentTest", {"xmlns": NS, "identifier": "test", "title": lms.edition.about.title})
    part = ET.SubElement(
        test, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    section = ET.SubElement(
        part, "assessmentSection", identifier="section", title="Exercises", visible="true"
    )
    for name, path, _ in items:
        ET.SubElement(section, "assessmentItemRef", identifier=name, href=path)
    return test


def _manifest(items: list[tuple[str, str, list[str]]]) -> ET.Element:
    manifest = ET.Element("manifest", {"xmlns": CP, "identifier": "kochu"})
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    test = ET.SubElement(
        resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml"
    )
    ET.SubElement(test, "file", href="test.xml")
    for name, path, images in items:
        ET.SubElement(test, "dependency", identifierref=name)
        item = ET.SubElement(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=path)
        for file in (path, *images):
            ET.SubElement(item, "file", href=file)
    return manifest


def _xml(html: str) -> ET.Element:
    """Read HTML that we wrote ourselves as XML."""
    return ET.fromstring(_VOID.sub(r"<\1\2/>", html))  # noqa: S314 - our own words, escaped


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{_text(value)}"' for name, value in values.items())


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
