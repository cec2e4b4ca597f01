"""A small rule set in a folder, for tests that change it."""

from pathlib import Path

from rules.ruleset.load import ENGLISH, RuleSetError, load_ruleset

FILES = {
    "ruleset.yaml": "id: sample\nlanguage: en\ndescription: For tests.\n",
    "actors/states.yaml": """\
- id: NOR
  name: Norway
  kind: state
  adjectives: [Norwegian]
- id: SWE
  name: Sweden
  kind: state
  until: 2020-01-31
""",
    "people/north.yaml": """\
- name: Kari Nordmann
  actor: NOR
  sex: f
  roles:
    - title: Foreign Minister
      since: 2010-05-01
      until: 2014-05-01
""",
    "issues.yaml": """\
- id: territory
  name: Territory
  covers: land and sea
- id: territory.fishing
  name: Fishing
  covers: catching fish
  terms: [fishing quota]
""",
    "frames/demand.yaml": """\
- id: demand.demand
  stance: demand
  sense: ask
  description: to demand something
  cameo: "10"
  target: [from, content_doer]
  about: [harm_nouns, apology]
  entries:
    - {verb: demand, takes: [thing, that]}
  examples:
    match:
      - {text: Norway demanded an apology from Sweden., actor: NOR, target: SWE}
    no_match:
      - The work demands patience.
""",
    "polarity.yaml": '- {id: ask, description: "To ask another to act"}\n',
    "commitments.yaml": """\
- {id: other, description: All else, pledged: offer, announced: none, pledged_negated: refusal,
   announced_negated: refusal}
""",
    "classes.yaml": "harm_nouns: [attack, strike]\n",
    "operators.yaml": "negations: [not, never]\n",
    "constructions.yaml": "prepositions: [from, on, to]\n",
    "dates.yaml": "today: [today, this morning]\n",
    "words.yaml": "titles: [minister, envoy]\n",
}


def write_sample(folder: Path, **changed: str) -> Path:
    """Writes the sample into a folder; a file's text may be changed, named by its stem: `states="- id: …"`."""
    for name, text in FILES.items():
        write(folder / name, changed.get(Path(name).stem, text))
    return folder


def write_sample_with_english_words(folder: Path, **changed: str) -> Path:
    """The sample with the word lists, operators and constructions of the English rules, with which it reads texts."""
    lists = {name: (ENGLISH / f"{name}.yaml").read_text("utf-8") for name in ("words", "operators", "constructions")}
    return write_sample(folder, **{**lists, **changed})


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(folder: Path) -> tuple[str, ...]:
    """The problems of a folder; none where it loads."""
    try:
        load_ruleset(folder)
    except RuleSetError as error:
        return error.problems
    return ()
