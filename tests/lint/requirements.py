"""docs/security/requirements.csv, held to its word.

Each requirement of asvs_ids.csv (ASVS 5.0, chapters 3, 6, 7 and 8) has one row. `evidence` is a list, parted by " | ":
  test FILE :: NAME    a test that exists: Suite.Name of a C++ file, or the name given to test(…) or describe(…)
  stated FILE          a file that exists; `how` says what stands there
  not met              with the reason in `how`, and the id in docs/threat-model.md
A row that does not apply says why in `how`, and has no evidence.
"""
import csv
import re

COLUMNS = ["id", "level", "applies", "how", "evidence"]


def has_test(text, file, name):
    if file.endswith(".mjs"):
        return name in text
    suite, _, case = name.partition(".")
    return re.search(r"\b[A-Z_]+\(\s*%s,\s*%s\s*[,)]" % (re.escape(suite), re.escape(case)), text) is not None


def check_evidence(root, row, unmet):
    for item in row["evidence"].split(" | "):
        kind, _, rest = item.partition(" ")
        if item == "not met":
            if not re.search(r"\b%s\b" % re.escape(row["id"]), unmet):
                yield f"{row['id']} is not met, and docs/threat-model.md does not say so"
        elif kind == "test" and " :: " in rest:
            file, name = rest.split(" :: ", 1)
            path = root / file
            if not path.is_file():
                yield f"{row['id']}: {file} does not exist"
            elif not has_test(path.read_text(), file, name):
                yield f"{row['id']}: {file} has no test named {name}"
        elif kind == "stated":
            if not (root / rest).is_file():
                yield f"{row['id']}: {rest} does not exist"
        else:
            yield f"{row['id']}: neither a test, nor stated evidence, nor \"not met\": {item!r}"


def check_row(root, row, wanted, unmet):
    if row["level"] != wanted["level"]:
        yield f"{row['id']} is of level {wanted['level']}"
    if len(row["how"].split()) < 3:
        yield f"{row['id']}: says too little"
    if row["applies"] not in ("yes", "no"):
        yield f"{row['id']}: applies is yes or no"
    if wanted["applies"] in ("yes", "no") and row["applies"] != wanted["applies"]:
        yield f"{row['id']}: whether it applies was decided: {wanted['applies']}"
    if row["applies"] == "yes":
        yield from check_evidence(root, row, unmet)
    elif row["evidence"]:
        yield f"{row['id']} does not apply, and has evidence"


def find_problems(root):
    """What is wrong, a (line, reason) each."""
    with open(root / "tests/lint/asvs_ids.csv", newline="") as file:
        wanted = {row["id"]: row for row in csv.DictReader(file)}
    unmet = (root / "docs/threat-model.md").read_text()
    seen = set()
    with open(root / "docs/security/requirements.csv", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            yield 1, f"the columns are {', '.join(COLUMNS)}"
            return
        for row in rows:
            line = rows.line_num
            if row["id"] not in wanted:
                yield line, f"{row['id']}: no such requirement in these chapters"
                continue
            if row["id"] in seen:
                yield line, f"{row['id']} stands there twice"
            seen.add(row["id"])
            for reason in check_row(root, row, wanted[row["id"]], unmet):
                yield line, reason
    for missing in wanted.keys() - seen:
        yield 1, f"{missing} has neither a test nor stated evidence"
