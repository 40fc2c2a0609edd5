#!/usr/bin/env python3
"""The habits of CONTRIBUTING.md as a test: each check names file, line and reason, and all of them are listed at once.

The lists beside this file hold today's exceptions and may only shrink: an entry that is no longer needed is a failure.
"""
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import requirements  # noqa: E402

root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
here = root / "tests" / "lint"
problems = []

FILE_LINES_MAX = 300        # tests: 600
TEST_FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70


def complain(path, line, reason):
    problems.append(f"{Path(path).relative_to(root)}:{line}: {reason}")


def entries(name):
    lines = (here / name).read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def sources(*patterns):
    found = []
    for pattern in patterns:
        found += sorted(root.glob(pattern))
    return found


cpp_files = sources("src/**/*.cpp", "src/**/*.hpp", "tests/support/*.cpp", "tests/support/*.hpp", "tests/fuzz/*.cpp",
                    "tests/bench/*.cpp")


def check_layers():
    layers = entries("layers.txt")

    def layer_of(path):
        for index, layer in enumerate(layers):
            if path.startswith(layer + "/"):
                return index
        return None

    for path in sources("src/**/*.cpp", "src/**/*.hpp"):
        own = layer_of(str(path.relative_to(root / "src")))
        if own is None:
            if path.name != "main.cpp":
                complain(path, 1, "stands in no layer of layers.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'#include "([^"]+)"', line)
            if not match or match[1].startswith("support/"):
                continue
            target = layer_of(match[1])
            if target is None:
                complain(path, number, f"includes {match[1]}, which stands in no layer")
            elif target > own:
                complain(path, number, f"includes {match[1]}: an include points down, and {layers[target]} stands above {layers[own]}")
            elif layers[own] != layers[target] and layers[target].startswith("features/") \
                    and re.search(r"_store\.hpp$|/routes\.hpp$", match[1]) and layers[own] != "app" \
                    and not path.name.endswith("_test.cpp"):
                complain(path, number, f"includes {match[1]}: a feature never uses another's store or routes")


def check_sizes():
    long_files = set(entries("long_files.txt"))
    long_functions = set(entries("long_functions.txt"))
    seen_files, seen_functions = set(), set()
    for path in cpp_files:
        name = str(path.relative_to(root))
        lines = path.read_text().splitlines()
        limit = TEST_FILE_LINES_MAX if "_test." in name or name.startswith("tests/") else FILE_LINES_MAX
        if len(lines) > limit:
            seen_files.add(name)
            if name not in long_files:
                complain(path, 1, f"{len(lines)} lines, more than {limit}: would a reader know what belongs in it?")
        start = None
        for number, line in enumerate(lines, 1):
            # A function's body at the outer level: its first line ends with "{", its end is a lone "}".
            if re.match(r"^[A-Za-z].*\)[^;]*\{$|^ {2,4}\S.*\) (const )?(override )?\{$", line) and not line.startswith("namespace"):
                start = (number, len(line) - len(line.lstrip()), line.strip())
            elif start and line == " " * start[1] + "}":
                length = number - start[0]
                if length > FUNCTION_LINES_MAX and "TEST" not in start[2]:
                    match = re.search(r"([\w~:]+)\(", start[2])
                    key = f"{name} {match[1] if match else start[2]}"
                    seen_functions.add(key)
                    if key not in long_functions:
                        complain(path, start[0], f"{length} lines in one function, more than {FUNCTION_LINES_MAX}")
                start = None
    for name in sorted(long_files - seen_files):
        problems.append(f"tests/lint/long_files.txt: {name} is no longer long: take the line out")
    for name in sorted(long_functions - seen_functions):
        problems.append(f"tests/lint/long_functions.txt: {name} is no longer long: take the line out")


def check_clock_and_randomness():
    banned = re.compile(r"system_clock::now|steady_clock::now|\btime\(nullptr\)|\btime\(0\)|\bgettimeofday\b|\brand\(\)|"
                        r"std::random_device|std::mt19937|\brandombytes_|\bRAND_bytes\b|\bgetrandom\b")
    for path in sources("src/**/*.cpp", "src/**/*.hpp"):
        name = str(path.relative_to(root))
        if name.startswith("src/platform/") or name.endswith("_test.cpp"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if banned.search(line) and "lint: " not in line:
                complain(path, number, "clock and randomness live in platform; take them as a Clock or a Random")


def check_trusted_html():
    allowed = set(entries("trusted_html.txt"))
    seen = set()
    for path in sources("src/**/*.cpp", "src/**/*.hpp"):
        name = str(path.relative_to(root))
        if name == "src/web/html.hpp":
            continue
        if "TrustedHtml" in path.read_text():
            seen.add(name)
            if name not in allowed:
                complain(path, 1, "uses TrustedHtml, and is not in tests/lint/trusted_html.txt")
    for name in sorted(allowed - seen):
        problems.append(f"tests/lint/trusted_html.txt: {name} does not use it: take the line out")


def check_migrations():
    record = here / "migrations.json"
    known = json.loads(record.read_text()) if record.exists() else {}
    for path in sources("migrations/*.sql"):
        text = path.read_text()
        digest = hashlib.sha256(text.encode()).hexdigest()
        if path.name not in known:
            complain(path, 1, f"is not in tests/lint/migrations.json: add it with {digest}")
        elif known[path.name] != digest:
            complain(path, 1, "a shipped migration never changes: write a new one")
        inside = False
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(r"\s*CREATE TABLE", line):
                inside = True
                continue
            if inside and line.strip().startswith(")"):
                inside = False
            is_column = inside and re.match(r"\s+[a-z_]+ +(ID|INTEGER|BOOL|TEXT|BYTES)\b", line)
            if (is_column or re.search(r"\bADD COLUMN\b", line)) \
                    and not re.search(r"-- sensitive: (yes|no)\b", line):
                complain(path, number, "each column says -- sensitive: yes|no")
    for name in known:
        if not (root / "migrations" / name).exists():
            problems.append(f"migrations/{name}: shipped, and now missing")


def check_audit():
    # What was recorded is never changed: only the chain's own file takes anything away, and that from the waiting line.
    change = re.compile(r"\b(UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|DROP\s+TABLE|REPLACE\s+INTO)\s+"
                        r"(audit|audit_chain|audit_checkpoints|audit_waiting)\b")
    for path in sources("src/**/*.cpp", "src/**/*.hpp", "migrations/*.sql"):
        if path.name.endswith("_test.cpp"):
            continue
        # Strings that the compiler joins are read as one.
        for match in change.finditer(re.sub(r'"\s*"', lambda gap: " " * len(gap[0]), path.read_text())):
            if match[2] == "audit_waiting" and path.name == "audit_chain.cpp":
                continue
            complain(path, path.read_text()[:match.start()].count("\n") + 1, f"{match[1]} {match[2]}: the audit trail only grows")


def check_words():
    files = {path.stem: json.loads(path.read_text()) for path in sources("locales/*.json")}
    english = files.get("en", {})
    for language, words in files.items():
        if list(words) != sorted(words):
            problems.append(f"locales/{language}.json: the keys are not sorted")
        for key in sorted(set(english) ^ set(words)):
            problems.append(f"locales/{language}.json: {key} is in only one of the languages")
        for key in set(english) & set(words):
            names = lambda text: sorted(set(re.findall(r"\{\s*(\w+)\s*[,}]", text)))
            if names(english[key]) != names(words[key]):
                problems.append(f"locales/{language}.json: {key}: the placeholders differ from English")


def check_format():
    missing = subprocess.run(["clang-format-19", "--version"], capture_output=True)
    if missing.returncode:
        problems.append("clang-format-19 is not installed")
        return
    for start in range(0, len(cpp_files), 40):
        run = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *map(str, cpp_files[start:start + 40])],
                             capture_output=True, text=True, cwd=root)
        for name in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", run.stderr, re.M))):
            complain(name, 1, "is not formatted as .clang-format says")


def check_sessions():
    # The one choke point: session_store.cpp alone writes the table, session.cpp alone calls what does.
    folder = root / "src/features/accounts/sessions"
    upkeep = {"write_last_seen", "delete_old_sessions", "delete_sessions_of"}
    header = re.sub(r"\s+", " ", (folder / "session_store.hpp").read_text())
    writers = set(re.findall(r"(\w+)\(db::Transaction& tx", header)) - upkeep
    if len(writers) < 5:
        complain(folder / "session_store.hpp", 1, "the lint no longer finds what writes sessions")
    writes = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM) sessions\b")
    calls = re.compile(r"(?<![\w.>])(" + "|".join(sorted(writers)) + r")\(")
    for path in sources("src/**/*.cpp", "src/**/*.hpp"):
        if path.name.endswith("_test.cpp") or path.name.startswith("session_store."):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if writes.search(line):
                complain(path, number, "only sessions/session_store.cpp writes the table of sessions")
            if path != folder / "session.cpp" and calls.search(line):
                complain(path, number, "only sessions/session.cpp starts, raises or ends a session")


def check_text():
    # The project speaks of the product alone; unfinished work is an issue, not a comment.
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=root).stdout.split("\n")
    for name in tracked:
        path = root / name
        if not name or not path.is_file() or path.suffix not in {".cpp", ".hpp", ".md", ".ts", ".mjs", ".sh", ".py", ".sql", ".scss"}:
            continue
        if name == "tests/lint/lint.py":
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                complain(path, number, "unfinished work is an issue, not a comment")


def check_requirements():
    for line, reason in requirements.find_problems(root):
        complain(root / "docs/security/requirements.csv", line, reason)


for check in (check_layers, check_sizes, check_clock_and_randomness, check_trusted_html, check_migrations, check_audit, check_words,
              check_format, check_sessions, check_text, check_requirements):
    check()
for problem in sorted(set(problems)):
    print(problem, file=sys.stderr)
print(f"lint: {len(set(problems))} problems in {len(cpp_files)} files", file=sys.stderr)
sys.exit(1 if problems else 0)
