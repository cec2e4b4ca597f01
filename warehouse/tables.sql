-- Tables of the warehouse. A fact is never rewritten: a row is valid from recorded_at until retired_at.

CREATE TABLE IF NOT EXISTS warehouse_layout (
    layout_key VARCHAR NOT NULL,
    step INTEGER
);
COMMENT ON TABLE warehouse_layout IS 'One row: which definition of the tables and views this file was prepared with';
COMMENT ON COLUMN warehouse_layout.layout_key IS 'Key of the definitions; another one prepares the views again';
COMMENT ON COLUMN warehouse_layout.step IS 'Number of the last step that brought its tables up to date';

CREATE TABLE IF NOT EXISTS article (
    article_id VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    published DATE NOT NULL,
    published_basis VARCHAR NOT NULL
        CHECK (published_basis IN ('stated', 'address', 'entry', 'modified', 'guess')),
    url VARCHAR,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    outlet VARCHAR,
    language VARCHAR NOT NULL,
    origin VARCHAR,
    fetched_at TIMESTAMPTZ,
    issuer VARCHAR,
    is_partial BOOLEAN NOT NULL,
    stands_at VARCHAR,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE article IS 'One row an article that was collected';
COMMENT ON COLUMN article.article_id IS 'Key of the article, from its address, else from its content';
COMMENT ON COLUMN article.title IS 'Headline as published; empty where the source has none';
COMMENT ON COLUMN article.published IS 'Day of publication, in the time zone the source gives';
COMMENT ON COLUMN article.published_basis IS 'What gave the day: stated (the record or page names it), address, entry (of the feed that leads to it), modified (the day of its last change alone is known), or guess (a day found in the page)';
COMMENT ON COLUMN article.url IS 'Address of the article, canonical where the source names one';
COMMENT ON COLUMN article.text IS 'Body as stored; evidence offsets count its characters; paragraphs end in newlines';
COMMENT ON COLUMN article.outlet IS 'Who published it: the host of the address, or what the source says';
COMMENT ON COLUMN article.language IS 'Language of the body, ISO 639-1';
COMMENT ON COLUMN article.origin IS 'Where it was read: a path or an address, with the record''s number';
COMMENT ON COLUMN article.fetched_at IS 'When it was fetched from the web; null for files';
COMMENT ON COLUMN article.issuer IS 'Actor whose statement or answers the whole text is, so that its ''we'' is that party';
COMMENT ON COLUMN article.is_partial IS 'Whether the text is a part of the article alone: a feed''s summary, or before a wall';
COMMENT ON COLUMN article.stands_at IS 'Address that led to it where its own is another one; partial ones there are replaced';
COMMENT ON COLUMN article.recorded_at IS 'When the article was stored';

CREATE TABLE IF NOT EXISTS pruned_article (
    article_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE pruned_article IS 'One row an article whose text was given up but for the sentences of its positions; it is not read again';
COMMENT ON COLUMN pruned_article.article_id IS 'Article that was pruned';
COMMENT ON COLUMN pruned_article.recorded_at IS 'When its text was given up';

CREATE TABLE IF NOT EXISTS rejected_article (
    rejection_id VARCHAR PRIMARY KEY,
    origin VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE rejected_article IS 'One row an input that could not become an article, with the reason';
COMMENT ON COLUMN rejected_article.rejection_id IS 'Key of the rejection, from its origin, reason and bytes';
COMMENT ON COLUMN rejected_article.origin IS 'Where the original lies: a path or an address, with the record''s number';
COMMENT ON COLUMN rejected_article.reason IS 'Short name of what is wrong, the same for every input with this fault';
COMMENT ON COLUMN rejected_article.detail IS 'What is wrong with this input, and what is allowed';
COMMENT ON COLUMN rejected_article.digest IS 'Key of the rejected bytes, so that the same fault is recorded once';
COMMENT ON COLUMN rejected_article.recorded_at IS 'When the rejection was recorded';

CREATE TABLE IF NOT EXISTS file_read (
    file_key VARCHAR PRIMARY KEY,
    articles BIGINT NOT NULL CHECK (articles >= 0),
    reasons VARCHAR NOT NULL
);
COMMENT ON TABLE file_read IS 'One row a file that was read to its end; it is passed over until it changes';
COMMENT ON COLUMN file_read.file_key IS 'Key of the file: where it lies, what it holds, and how it was read';
COMMENT ON COLUMN file_read.articles IS 'Articles that it held, known ones included';
COMMENT ON COLUMN file_read.reasons IS 'Records that were rejected: a JSON object of counts by reason';

CREATE TABLE IF NOT EXISTS record_read (
    record_key UBIGINT NOT NULL
);
COMMENT ON TABLE record_read IS 'One row a line of JSON that is an article; it is passed over wherever it comes again';
COMMENT ON COLUMN record_read.record_key IS 'Key of the record: what it holds, and how it was read';

-- Without keys, whose indexes would take more room than the rows: what lands is compared with what is there.
CREATE TABLE IF NOT EXISTS sentence (
    article_id VARCHAR NOT NULL,
    section VARCHAR NOT NULL CHECK (section IN ('title', 'body')),
    sentence_start INTEGER NOT NULL CHECK (sentence_start >= 0),
    sentence_end INTEGER NOT NULL,
    sentence_key VARCHAR NOT NULL,
    CHECK (sentence_end > sentence_start)
);
COMMENT ON TABLE sentence IS 'One row a sentence that some rule set found able to carry a position';
COMMENT ON COLUMN sentence.article_id IS 'Article that holds the sentence';
COMMENT ON COLUMN sentence.section IS 'Where the sentence stands: title or body';
COMMENT ON COLUMN sentence.sentence_start IS 'First character of the sentence within the section';
COMMENT ON COLUMN sentence.sentence_end IS 'Character after the last of the sentence';
COMMENT ON COLUMN sentence.sentence_key IS 'Key of the text of the sentence, under which its parse is stored';

CREATE TABLE IF NOT EXISTS parse (
    sentence_key VARCHAR NOT NULL,
    model_version VARCHAR NOT NULL,
    parse BLOB NOT NULL,
    PRIMARY KEY (sentence_key, model_version)
);
COMMENT ON TABLE parse IS 'One row a sentence text and language model: the stored parse, so that a changed rule parses nothing again';
COMMENT ON COLUMN parse.sentence_key IS 'Key of the text that was parsed';
COMMENT ON COLUMN parse.model_version IS 'Version of the language model that parsed it';
COMMENT ON COLUMN parse.parse IS 'Parse in its compact form';

CREATE TABLE IF NOT EXISTS tagging (
    article_id VARCHAR PRIMARY KEY REFERENCES article (article_id),
    ruleset_version VARCHAR NOT NULL,
    model_version VARCHAR NOT NULL
);
COMMENT ON TABLE tagging IS 'One row an article that was tagged: with what, the last time';
COMMENT ON COLUMN tagging.article_id IS 'Article that was tagged';
COMMENT ON COLUMN tagging.ruleset_version IS 'Version of the rule set it was last tagged with';
COMMENT ON COLUMN tagging.model_version IS 'Version of the language model that parsed it';

CREATE TABLE IF NOT EXISTS position (
    position_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL REFERENCES article (article_id),
    section VARCHAR NOT NULL CHECK (section IN ('title', 'body')),
    sentence_start INTEGER NOT NULL CHECK (sentence_start >= 0),
    sentence_end INTEGER NOT NULL,
    actor VARCHAR NOT NULL,
    actor_text VARCHAR NOT NULL,
    actor_start INTEGER NOT NULL CHECK (actor_start >= 0),
    actor_end INTEGER NOT NULL,
    speaker VARCHAR,
    speaker_role VARCHAR,
    stance VARCHAR NOT NULL CHECK (stance IN ('demand', 'refusal', 'offer', 'acceptance', 'threat')),
    scope VARCHAR NOT NULL CHECK (scope IN ('foreign', 'domestic', 'background')),
    issue VARCHAR,
    issue_basis VARCHAR CHECK (issue_basis IN ('content', 'reference', 'paragraph', 'article')),
    target VARCHAR,
    content VARCHAR,
    condition VARCHAR,
    stated_on DATE NOT NULL,
    stated_on_basis VARCHAR NOT NULL
        CHECK (stated_on_basis IN ('explicit_date', 'weekday', 'relative_day', 'dateline', 'published')),
    stated_from DATE NOT NULL,
    stated_to DATE NOT NULL,
    trigger_id VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL CHECK (trigger_start >= 0),
    trigger_end INTEGER NOT NULL,
    cameo VARCHAR CHECK (regexp_full_match(cameo, '\d{2,4}')),
    confidence DOUBLE CHECK (confidence BETWEEN 0 AND 1),
    ruleset_version VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (sentence_end > sentence_start),
    CHECK (actor_end >= actor_start),
    CHECK (trigger_end >= trigger_start),
    CHECK (stated_to >= stated_from),
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (position_id, recorded_at)
);
COMMENT ON TABLE position IS 'One row a position and the time for which a rule set yielded it; the view positions is easier to read';
COMMENT ON COLUMN position.position_id IS 'Key of the position, from what it says and where';
COMMENT ON COLUMN position.article_id IS 'Article that reports the position';
COMMENT ON COLUMN position.section IS 'Where the evidence stands: title or body';
COMMENT ON COLUMN position.sentence_start IS 'First character of the evidence sentence within the section';
COMMENT ON COLUMN position.sentence_end IS 'Character after the last of the evidence sentence';
COMMENT ON COLUMN position.actor IS 'Id of the actor whose position it is; null where the text does not tell';
COMMENT ON COLUMN position.actor_text IS 'Words that name the actor in the clause, a pronoun included';
COMMENT ON COLUMN position.actor_start IS 'First character of those words within the section';
COMMENT ON COLUMN position.actor_end IS 'Character after the last of those words';
COMMENT ON COLUMN position.speaker IS 'Person who expressed it for the actor';
COMMENT ON COLUMN position.speaker_role IS 'Role in which the person spoke, where known';
COMMENT ON COLUMN position.stance IS 'demand, refusal, offer, acceptance or threat';
COMMENT ON COLUMN position.scope IS 'foreign, domestic (towards its own people, parties, courts and agencies) or background (history)';
COMMENT ON COLUMN position.issue IS 'Id of the issue; null where the clause names none of the tree';
COMMENT ON COLUMN position.issue_basis IS 'What names the issue: the content, what it refers to, the paragraph or the article';
COMMENT ON COLUMN position.target IS 'Id of the actor to whom the position is addressed';
COMMENT ON COLUMN position.content IS 'Words that say what is demanded, refused, offered …';
COMMENT ON COLUMN position.condition IS 'Words of the condition it hangs on';
COMMENT ON COLUMN position.stated_on IS 'Day the position was expressed, not the day the article ran';
COMMENT ON COLUMN position.stated_on_basis IS 'What that day rests on';
COMMENT ON COLUMN position.stated_from IS 'First day on which it may have been expressed: that day, or the first of a week, month or year';
COMMENT ON COLUMN position.stated_to IS 'Last day on which it may have been expressed';
COMMENT ON COLUMN position.trigger_id IS 'Trigger of the rule set that gave the stance';
COMMENT ON COLUMN position.trigger_start IS 'First character of the trigger words within the section';
COMMENT ON COLUMN position.trigger_end IS 'Character after the last of the trigger words';
COMMENT ON COLUMN position.cameo IS 'CAMEO event code of the trigger';
COMMENT ON COLUMN position.confidence IS 'Probability that actor and stance are right, as measured; null where the rule set has no measures';
COMMENT ON COLUMN position.ruleset_version IS 'Version of the rule set that first yielded the row as it stands';
COMMENT ON COLUMN position.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN position.retired_at IS 'When a later rule set no longer yielded it; null while it stands';

CREATE TABLE IF NOT EXISTS unresolved_actor (
    position_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL REFERENCES article (article_id),
    section VARCHAR NOT NULL CHECK (section IN ('title', 'body')),
    sentence_start INTEGER NOT NULL CHECK (sentence_start >= 0),
    sentence_end INTEGER NOT NULL,
    actor_text VARCHAR NOT NULL,
    actor_start INTEGER NOT NULL CHECK (actor_start >= 0),
    actor_end INTEGER NOT NULL,
    stance VARCHAR NOT NULL CHECK (stance IN ('demand', 'refusal', 'offer', 'acceptance', 'threat')),
    issue VARCHAR,
    target VARCHAR,
    content VARCHAR,
    trigger_id VARCHAR NOT NULL,
    ruleset_version VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (sentence_end > sentence_start),
    CHECK (actor_end >= actor_start),
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (position_id, recorded_at)
);
COMMENT ON TABLE unresolved_actor IS 'One row a clause with a stance whose actor nobody knows; no position until the rule set names the actor';
COMMENT ON COLUMN unresolved_actor.position_id IS 'Key of the position, from what it says and where';
COMMENT ON COLUMN unresolved_actor.article_id IS 'Article that reports the position';
COMMENT ON COLUMN unresolved_actor.section IS 'Where the evidence stands: title or body';
COMMENT ON COLUMN unresolved_actor.sentence_start IS 'First character of the evidence sentence within the section';
COMMENT ON COLUMN unresolved_actor.sentence_end IS 'Character after the last of the evidence sentence';
COMMENT ON COLUMN unresolved_actor.actor_text IS 'Words that name the actor in the clause, a pronoun included';
COMMENT ON COLUMN unresolved_actor.actor_start IS 'First character of those words within the section';
COMMENT ON COLUMN unresolved_actor.actor_end IS 'Character after the last of those words';
COMMENT ON COLUMN unresolved_actor.stance IS 'demand, refusal, offer, acceptance or threat';
COMMENT ON COLUMN unresolved_actor.issue IS 'Id of the issue; null where the clause names none of the tree';
COMMENT ON COLUMN unresolved_actor.target IS 'Id of the actor to whom the position is addressed';
COMMENT ON COLUMN unresolved_actor.content IS 'Words that say what is demanded, refused, offered …';
COMMENT ON COLUMN unresolved_actor.trigger_id IS 'Trigger of the rule set that gave the stance';
COMMENT ON COLUMN unresolved_actor.ruleset_version IS 'Version of the rule set that first yielded the row as it stands';
COMMENT ON COLUMN unresolved_actor.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN unresolved_actor.retired_at IS 'When a later rule set no longer yielded it; null while it stands';

CREATE TABLE IF NOT EXISTS story (
    article_id VARCHAR NOT NULL REFERENCES article (article_id),
    story_id VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (article_id, recorded_at)
);
COMMENT ON TABLE story IS 'One row an article and the story it retells; near-duplicates share the story. An article without a row is a story of its own';
COMMENT ON COLUMN story.article_id IS 'Article that retells the story';
COMMENT ON COLUMN story.story_id IS 'Key of the story: the id of one of its articles';
COMMENT ON COLUMN story.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN story.retired_at IS 'When the article was given another story; null while it stands';

CREATE TABLE IF NOT EXISTS thread_member (
    position_id VARCHAR NOT NULL,
    thread_id VARCHAR NOT NULL,
    stated_on DATE NOT NULL,
    actor VARCHAR NOT NULL,
    target VARCHAR,
    issue VARCHAR,
    story_id VARCHAR NOT NULL,
    words VARCHAR[] NOT NULL,
    names VARCHAR[] NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at) -- and no index, which would take memory for nothing: rows are found by days
);
COMMENT ON TABLE thread_member IS 'One row a position and the thread it belongs to: one matter between parties. A position that later rules no longer yield keeps its row, so that what comes in its place finds the thread';
COMMENT ON COLUMN thread_member.position_id IS 'Position that belongs to the thread';
COMMENT ON COLUMN thread_member.thread_id IS 'Key of the thread: the id of its first position; it does not change when more positions come';
COMMENT ON COLUMN thread_member.stated_on IS 'Day of the position when it was given its thread';
COMMENT ON COLUMN thread_member.actor IS 'Actor of the position, then';
COMMENT ON COLUMN thread_member.target IS 'Target of the position, then';
COMMENT ON COLUMN thread_member.issue IS 'Issue of the position, then';
COMMENT ON COLUMN thread_member.story_id IS 'Story of its article, then';
COMMENT ON COLUMN thread_member.words IS 'Stems of its content that tell the matter, common words and its parties left out';
COMMENT ON COLUMN thread_member.names IS 'The same of other names in its sentence';
COMMENT ON COLUMN thread_member.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN thread_member.retired_at IS 'When a corrected position was given a thread anew; null while it stands';

CREATE TABLE IF NOT EXISTS story_signature (
    article_id VARCHAR PRIMARY KEY REFERENCES article (article_id),
    signature BLOB NOT NULL
);
COMMENT ON TABLE story_signature IS 'One row an article: the digest of its wording by which near-duplicates are found';
COMMENT ON COLUMN story_signature.article_id IS 'Article whose wording was digested';
COMMENT ON COLUMN story_signature.signature IS 'Digest of the wording in its compact form';

CREATE TABLE IF NOT EXISTS story_band (
    band_key UINTEGER NOT NULL,
    published DATE NOT NULL,
    article_id VARCHAR NOT NULL
);
COMMENT ON TABLE story_band IS 'One row a part of a signature: articles that share a key are compared, others never meet';
COMMENT ON COLUMN story_band.band_key IS 'Key of the part of the signature';
COMMENT ON COLUMN story_band.published IS 'Day of publication of the article: copies run within days';
COMMENT ON COLUMN story_band.article_id IS 'Article whose signature has it';

CREATE TABLE IF NOT EXISTS ruleset (
    ruleset_version VARCHAR NOT NULL,
    ruleset_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (ruleset_version, recorded_at)
);
COMMENT ON TABLE ruleset IS 'One row a rule set and the time for which it was the one in use';
COMMENT ON COLUMN ruleset.ruleset_version IS 'Key of its content: any change of any file gives another one';
COMMENT ON COLUMN ruleset.ruleset_id IS 'Short name of the rule set';
COMMENT ON COLUMN ruleset.language IS 'Language it reads, ISO 639-1';
COMMENT ON COLUMN ruleset.description IS 'What it is for';
COMMENT ON COLUMN ruleset.definition IS 'The whole rule set as JSON, so that what it yielded can be yielded again';
COMMENT ON COLUMN ruleset.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN ruleset.retired_at IS 'When another rule set took its place; null while it stands';

CREATE TABLE IF NOT EXISTS confidence_line (
    line DOUBLE NOT NULL CHECK (line BETWEEN 0 AND 1),
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (recorded_at)
);
COMMENT ON TABLE confidence_line IS 'One row a line of confidence and the time for which rows below it were left out of positions';
COMMENT ON COLUMN confidence_line.line IS 'Least confidence of a row that positions shows; POSITIONS_CONFIDENCE when it was recorded';
COMMENT ON COLUMN confidence_line.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN confidence_line.retired_at IS 'When another line took its place; null while it stands';

CREATE TABLE IF NOT EXISTS view_setting (
    standoff_days INTEGER NOT NULL CHECK (standoff_days >= 0),
    fresh_days INTEGER NOT NULL CHECK (fresh_days >= 1),
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (recorded_at)
);
COMMENT ON TABLE view_setting IS 'One row the windows of the views, and the time for which they were in use';
COMMENT ON COLUMN view_setting.standoff_days IS 'Days that may lie between a demand and the refusal that answers it; POSITIONS_STANDOFF_DAYS when it was recorded';
COMMENT ON COLUMN view_setting.fresh_days IS 'Days for which what a side said counts as fresh; POSITIONS_FRESH_DAYS when it was recorded';
COMMENT ON COLUMN view_setting.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN view_setting.retired_at IS 'When other windows took its place; null while it stands';

CREATE TABLE IF NOT EXISTS actor (
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('state', 'organisation', 'non_state', 'subnational', 'group')),
    part_of VARCHAR,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (actor_id, recorded_at)
);
COMMENT ON TABLE actor IS 'One row a party that takes positions, and the time for which the rule set described it so';
COMMENT ON COLUMN actor.actor_id IS 'Canonical id; ISO 3166-1 alpha-3 for states';
COMMENT ON COLUMN actor.name IS 'Name shown to people';
COMMENT ON COLUMN actor.kind IS 'state, organisation, non_state, subnational or group';
COMMENT ON COLUMN actor.part_of IS 'Actor that it belongs to';
COMMENT ON COLUMN actor.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN actor.retired_at IS 'When a later rule set described it otherwise; null while it stands';

CREATE TABLE IF NOT EXISTS issue (
    issue_id VARCHAR NOT NULL,
    parent VARCHAR,
    name VARCHAR NOT NULL,
    covers VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (issue_id, recorded_at)
);
COMMENT ON TABLE issue IS 'One row a node of the issue tree, and the time for which the rule set described it so';
COMMENT ON COLUMN issue.issue_id IS 'Id; the part before the last dot is its parent';
COMMENT ON COLUMN issue.parent IS 'Id of the node above, or name of the branch; null at the top';
COMMENT ON COLUMN issue.name IS 'Name shown to people';
COMMENT ON COLUMN issue.covers IS 'What belongs here';
COMMENT ON COLUMN issue.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN issue.retired_at IS 'When a later rule set described it otherwise; null while it stands';

CREATE TABLE IF NOT EXISTS trigger (
    trigger_id VARCHAR NOT NULL,
    stance VARCHAR NOT NULL CHECK (stance IN ('demand', 'refusal', 'offer', 'acceptance', 'threat')),
    description VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    cameo VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (trigger_id, recorded_at)
);
COMMENT ON TABLE trigger IS 'One row a word family that expresses a stance, and the time for which the rule set described it so';
COMMENT ON COLUMN trigger.trigger_id IS 'Id: the frame, a dot, the first of its words';
COMMENT ON COLUMN trigger.stance IS 'Stance that the words express when nothing turns it';
COMMENT ON COLUMN trigger.description IS 'What a person should know of the sense';
COMMENT ON COLUMN trigger.wording IS 'Its words, separated by semicolons';
COMMENT ON COLUMN trigger.cameo IS 'CAMEO event code';
COMMENT ON COLUMN trigger.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN trigger.retired_at IS 'When a later rule set described it otherwise; null while it stands';

CREATE TABLE IF NOT EXISTS run (
    run_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('running', 'finished', 'failed', 'killed')),
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    articles_new BIGINT NOT NULL DEFAULT 0,
    articles_known BIGINT NOT NULL DEFAULT 0,
    rejected_new BIGINT NOT NULL DEFAULT 0,
    rejected_known BIGINT NOT NULL DEFAULT 0,
    articles_tagged BIGINT NOT NULL DEFAULT 0,
    positions_added BIGINT NOT NULL DEFAULT 0,
    positions_kept BIGINT NOT NULL DEFAULT 0,
    positions_retired BIGINT NOT NULL DEFAULT 0,
    positions_unresolved BIGINT NOT NULL DEFAULT 0
);
COMMENT ON TABLE run IS 'One row a run that changed something; a run that finds nothing new leaves no trace, so that running twice changes nothing';
COMMENT ON COLUMN run.run_id IS 'Key of the run: when it began, and its name';
COMMENT ON COLUMN run.name IS 'What the run did: ingest, tag, track …';
COMMENT ON COLUMN run.status IS 'running, finished, failed, or killed (it ended without a word; the next run takes up its work)';
COMMENT ON COLUMN run.started_at IS 'When it began';
COMMENT ON COLUMN run.finished_at IS 'When it ended; null while running or when killed';
COMMENT ON COLUMN run.articles_new IS 'Articles stored for the first time';
COMMENT ON COLUMN run.articles_known IS 'Articles stored before, or twice in the batch';
COMMENT ON COLUMN run.rejected_new IS 'Rejections recorded for the first time';
COMMENT ON COLUMN run.rejected_known IS 'Rejections recorded before, or twice in the batch';
COMMENT ON COLUMN run.articles_tagged IS 'Articles that were tagged';
COMMENT ON COLUMN run.positions_added IS 'Positions recorded';
COMMENT ON COLUMN run.positions_kept IS 'Positions that stand as they stood';
COMMENT ON COLUMN run.positions_retired IS 'Positions that the rule set no longer yields';
COMMENT ON COLUMN run.positions_unresolved IS 'Positions whose actor nobody knows';

CREATE TABLE IF NOT EXISTS publication (
    published_at TIMESTAMPTZ PRIMARY KEY
);
COMMENT ON TABLE publication IS 'One row a published snapshot that held something new; positions_recorded_at goes by them';
COMMENT ON COLUMN publication.published_at IS 'When it was published: everything recorded before is in it, nothing recorded after';

CREATE TABLE IF NOT EXISTS published_file (
    published_at TIMESTAMPTZ PRIMARY KEY,
    layout_key VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
COMMENT ON TABLE published_file IS 'One row a published snapshot, in the working file alone: what tells it from one that somebody changed';
COMMENT ON COLUMN published_file.published_at IS 'When it was published';
COMMENT ON COLUMN published_file.layout_key IS 'Key of the definitions with which it was made';
COMMENT ON COLUMN published_file.digest IS 'SHA-256 of all bytes of the file';

CREATE TABLE IF NOT EXISTS correction (
    position_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL CHECK (
        field IN (
            'verdict', 'actor', 'stance', 'issue', 'target', 'content', 'condition', 'speaker', 'speaker_role',
            'stated_on'
        )
    ),
    value VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    author VARCHAR NOT NULL CHECK (author <> ''),
    made_on DATE NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    CHECK (field <> 'verdict' OR value IN ('right', 'wrong', 'corrected')),
    CHECK (field <> 'stance' OR value IN ('demand', 'refusal', 'offer', 'acceptance', 'threat')),
    CHECK (field <> 'actor' OR value <> ''),
    CHECK (field <> 'stated_on' OR TRY_CAST(value AS DATE) IS NOT NULL),
    CHECK (retired_at > recorded_at),
    PRIMARY KEY (position_id, field, recorded_at)
);
COMMENT ON TABLE correction IS 'One row a judgement of a person on a position: a verdict on the whole, or another value for one field';
COMMENT ON COLUMN correction.position_id IS 'Position that was judged';
COMMENT ON COLUMN correction.field IS 'Field that has another value, or verdict: the judgement on the whole';
COMMENT ON COLUMN correction.value IS 'Right value, empty for none; for a verdict right, wrong or corrected';
COMMENT ON COLUMN correction.reason IS 'Why, in the words of the author';
COMMENT ON COLUMN correction.author IS 'Who judged';
COMMENT ON COLUMN correction.made_on IS 'Day of the judgement';
COMMENT ON COLUMN correction.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN correction.retired_at IS 'When it was withdrawn or another judgement took its place; null while it stands';
