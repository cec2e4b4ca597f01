"""What a frame of a rule set may need of the clause that it is read in."""

# What a frame may need, for rule authors and for error messages. All must be there.
NEEDS = {
    "speaker": "somebody says the clause",
    "own_statement": "the actor says it of itself: 'Iran warned that it would'",
    "acting_subject": "the subject is somebody who can act: a party, a person, a noun of `party_nouns`",
    "own_account": "the actor says it of itself, or nobody is said to say it",
    "warned": "whoever says the clause warns or threatens: 'Kuwait warned that it would'",
    "active": "the verb does not stand in the passive, unless it is negated: 'will not be bullied'",
    "passive": "the verb stands in the passive: 'the ships will be sunk'",
    "joint": "two parties or more are the actors: 'Chad and Mali decided'",
    "unreported": "nobody is said to say it",
    "known_actor": "the actor stands on the lists",
    "known_target": "a slot of the target holds another party of the lists",
    "names_another": "the content names another party of the lists: 'a bill that would bar Russian ships'",
    "command": "the verb commands: 'Stop the raids', in its base form alone",
    "negated": "a negation bears on the words: 'no concession', 'does not budge'",
    "on_request": "the noun tells on whose wish something is done: 'at its request', 'in response to a request'",
    "of_us": "the subject is 'we': 'we must not'",
    "all_together": "'all', 'together' or the like stands with the verb: 'we must all', 'together we must'",
    "copula": "a form of 'be' carries the words: 'is against'",
    "future": "a verb with will or can carries the words: 'there will be no talks'",
    "under_way": "a form of 'be' and an -ing form say it: 'is sending'",
    "set_aside": "something is done in spite of it: 'despite objections from Oslo'",
    "content": "a complement is there, and a support verb alone is not enough",
    "unclaimed": "a clause below its object says what is to be: 'the idea that it should', not 'the idea that it had'",
    "ahead": "a clause that is the content says what is to be: 'agreed that talks should go on'",
}
