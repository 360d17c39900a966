"""QTI's side of a key: what is right, what it earns, how it is added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import xml.etree.ElementTree as ET

from kochu.exercises.model import Ask, Key, Question
from kochu.exports.lms.variants import variants

__all__ = ["declaration", "processing"]

_CARDINALITY = {Ask.MANY: "multiple", Ask.ORDER: "ordered"}


def declaration(question: Question, key: Key) -> ET.Element:
    """Declare a response with its right value and what each value earns."""
    node = ET.Element(
        "responseDeclaration",
        {
            "identifier": f"R{question.id}",
            "cardinality": _CARDINALITY.get(question.ask, "single"),
            "baseType": "identifier" if question.options else "string",
        },
    )
    if question.ask is Ask.FREE:
        return node
    right = ET.SubElement(node, "correctResponse")
    values = key.right if question.ask in _CARDINALITY else (*key.right, *key.accept)[:1]
    for value in values:
        ET.SubElement(right, "value").text = value
    if question.ask is not Ask.ORDER:
        node.append(_mapping(question, key))
    return node


def _mapping(question: Question, key: Key) -> ET.Element:
    points = question.points
    node = ET.Element("mapping", defaultValue="0", lowerBound="0", upperBound=f"{points:g}")
    entries: dict[str, float] = {}
    if question.ask is Ask.MANY:
        each = points / len(key.right)
        for option in question.options:
            entries[option.id] = each if option.id in key.right else 0 if option.id in key.may else -each
    elif question.options:
        entries = dict.fromkeys(key.half, points / 2) | dict.fromkeys(key.right, points)
    else:
        entries = dict.fromkeys(variants(key.half_accept, kana=key.kana), points / 2)
        entries |= dict.fromkeys(variants(key.accept, kana=key.kana), points)
    for name, earned in entries.items():
        entry = ET.SubElement(node, "mapEntry", mapKey=name, mappedValue=f"{earned:.6g}")
        if not question.options:
            entry.set("caseSensitive", "false")
    return node


def processing(questions: Sequence[Question], keys: Mapping[str, Key]) -> ET.Element:
    """Add up what the responses earn; free answers are left to a person."""
    node = ET.Element("responseProcessing")
    for question in questions:
        if question.ask is Ask.ORDER:
            node.append(_order(question, keys[question.id]))
        elif question.ask is not Ask.FREE:
            node.append(_answered(question))
    done = ET.SubElement(node, "setOutcomeValue", identifier="FEEDBACK")
    ET.SubElement(done, "baseValue", baseType="identifier").text = "done"
    return node


def _answered(question: Question) -> ET.Element:
    """Add what a response earns, if there is one: a player was seen to stop at an empty text."""
    name = f"R{question.id}"
    condition = ET.Element("responseCondition")
    branch = ET.SubElement(condition, "responseIf")
    ET.SubElement(ET.SubElement(ET.SubElement(branch, "not"), "isNull"), "variable", identifier=name)
    total = ET.SubElement(ET.SubElement(branch, "setOutcomeValue", identifier="SCORE"), "sum")
    ET.SubElement(total, "variable", identifier="SCORE")
    ET.SubElement(total, "mapResponse", identifier=name)
    return condition


def _order(question: Question, key: Key) -> ET.Element:
    """Give points for an order that is right as a whole; QTI 2.1 has no share of one."""
    condition = ET.Element("responseCondition")
    for number, order in enumerate((key.right, *key.also)):
        branch = ET.SubElement(condition, "responseElseIf" if number else "responseIf")
        match = ET.SubElement(branch, "match")
        ET.SubElement(match, "variable", identifier=f"R{question.id}")
        ordered = ET.SubElement(match, "ordered")
        for name in order:
            ET.SubElement(ordered, "baseValue", baseType="identifier").text = name
        score = ET.SubElement(ET.SubElement(branch, "setOutcomeValue", identifier="SCORE"), "sum")
        ET.SubElement(score, "variable", identifier="SCORE")
        ET.SubElement(score, "baseValue", baseType="float").text = f"{question.points:g}"
    return condition
