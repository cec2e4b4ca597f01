-- For those who come from event data: Goldstein's scale, and who does what to whom a month.

CREATE OR REPLACE MACRO cameo_of(cameo, stance) AS coalesce(
    cameo,
    CASE stance
        WHEN 'demand' THEN '100'
        WHEN 'refusal' THEN '120'
        WHEN 'offer' THEN '030'
        WHEN 'acceptance' THEN '050'
        WHEN 'threat' THEN '130'
    END
);
COMMENT ON MACRO cameo_of IS 'CAMEO code of a position: its trigger''s; the general one of its stance where a person corrected that';

CREATE OR REPLACE MACRO goldstein_of(code) AS MAP {
    '01': 0.0, '011': -0.1, '012': -0.4, '013': 0.4, '016': -2.0, '018': 3.4, '019': 3.4,
    '02': 3.0, '021': 3.4, '022': 3.2, '023': 3.4, '024': -0.3, '025': -0.3, '026': 4.0, '027': 4.0, '028': 4.0,
    '03': 4.0, '031': 5.2, '032': 4.5, '033': 5.2, '0334': 6.0, '034': 7.0, '035': 7.0, '037': 5.0, '038': 7.0,
    '039': 5.0,
    '04': 1.0, '042': 1.9, '043': 2.8, '044': 2.5, '045': 5.0, '046': 7.0,
    '05': 3.5, '051': 3.4, '053': 3.8, '054': 6.0, '055': 7.0, '056': 7.0, '057': 8.0,
    '06': 6.0, '061': 6.4, '062': 7.4, '063': 7.4, '064': 7.0,
    '07': 7.0, '071': 7.4, '072': 8.3, '073': 7.4, '074': 8.5,
    '08': 5.0, '084': 7.0, '085': 7.0, '086': 9.0, '087': 9.0, '0874': 10.0,
    '09': -2.0, '10': -5.0, '11': -2.0,
    '12': -4.0, '125': -5.0, '126': -5.0, '127': -5.0, '128': -5.0, '129': -5.0,
    '13': -6.0, '130': -4.4, '131': -5.8, '132': -5.8, '133': -5.8, '134': -5.8, '135': -5.8, '136': -7.0, '137': -7.0,
    '138': -7.0, '139': -7.0,
    '14': -6.5, '144': -7.5, '145': -7.5, '15': -7.2,
    '16': -4.0, '162': -5.6, '163': -8.0, '164': -7.0, '165': -6.5, '166': -7.0,
    '17': -7.0, '171': -9.2, '172': -5.0, '173': -5.0, '174': -5.0, '175': -9.0,
    '18': -9.0, '182': -9.5, '1823': -10.0, '183': -10.0, '184': -8.0, '185': -8.0, '186': -10.0,
    '19': -10.0, '191': -9.5, '192': -9.5, '196': -9.5, '20': -10.0, '201': -9.5
}[code];
COMMENT ON MACRO goldstein_of IS 'Value of exactly this CAMEO code, or null';

CREATE OR REPLACE MACRO goldstein(cameo) AS coalesce(
    goldstein_of(cameo), goldstein_of(left(cameo, 3)), goldstein_of(left(cameo, 2))
)::DOUBLE;
COMMENT ON MACRO goldstein IS 'Goldstein''s scale (1992), as it was carried over to CAMEO: from -10 (conflict) to 10 (cooperation), of the code or the one above it';

CREATE OR REPLACE VIEW network AS
SELECT
    date_trunc('month', stated_on)::DATE AS month,
    actor AS source, any_value(actor_name) AS source_name,
    target, any_value(target_name) AS target_name,
    stance,
    count(*) AS positions,
    count(DISTINCT story_id) AS stories,
    count(DISTINCT outlet) AS outlets,
    round(avg(goldstein(cameo_of(cameo, stance))), 2) AS goldstein
FROM positions
WHERE target IS NOT NULL AND target <> actor
GROUP BY month, actor, target, stance;
COMMENT ON VIEW network IS 'One row a month, source, target and stance: the edges of a network of who demands, refuses, offers, accepts and threatens towards whom';
COMMENT ON COLUMN network.month IS 'First day of the month';
COMMENT ON COLUMN network.source IS 'Id of the actor';
COMMENT ON COLUMN network.source_name IS 'Name of the actor';
COMMENT ON COLUMN network.target IS 'Id of the target';
COMMENT ON COLUMN network.positions IS 'Positions of the month';
COMMENT ON COLUMN network.stories IS 'Stories that tell of them: the weight of the edge';
COMMENT ON COLUMN network.outlets IS 'Outlets that tell of them';
COMMENT ON COLUMN network.goldstein IS 'Mean of Goldstein''s scale over the positions, from -10 (conflict) to 10 (cooperation)';
