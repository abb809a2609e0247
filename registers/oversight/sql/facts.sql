-- What each case counts as, measure by measure: the only definition of every figure that is counted
-- by case. docs/figures.md says the same in words. A key's parts stand with '|' between them.

CREATE OR REPLACE FUNCTION oversight_day(at timestamptz) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (at AT TIME ZONE 'Europe/London')::date $$;

-- The group of values an item is in, by the most that it may be worth, in pounds.
CREATE OR REPLACE FUNCTION oversight_value_band(pounds numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN pounds IS NULL THEN 'unknown'
    WHEN pounds < 10 THEN '0' WHEN pounds < 25 THEN '10' WHEN pounds < 50 THEN '25'
    WHEN pounds < 100 THEN '50' WHEN pounds < 500 THEN '100' ELSE '500' END
$$;

DROP TYPE IF EXISTS oversight_counted CASCADE;
CREATE TYPE oversight_counted AS (
  case_id bigint, force_id bigint, oversight_body_id bigint, unit_id bigint, band text,
  confidential boolean, counted_on date, measure text, key text, n bigint, pounds numeric
);

CREATE FUNCTION oversight_facts_of(wanted bigint[]) RETURNS SETOF oversight_counted
LANGUAGE sql STABLE AS $$
  WITH c AS MATERIALIZED (
    SELECT id, c.force_id, c.oversight_body_id, subject_unit_id AS unit_id, subject_band AS band,
           c.confidential, register, phase, source, owner_id,
           phase IN ('open', 'waiting') AS is_open, oversight_day(received_at) AS received_on,
           coalesce(claimed_on, oversight_day(received_at)) AS happened_on
    FROM casework_case c WHERE id = ANY (wanted)
  ),
  offered AS MATERIALIZED (
    SELECT o.id, c.id AS case_id, c.happened_on, c.source, o.days_late, o.provider_kind,
           o.provider_organisation_id, o.known_as,
           coalesce((SELECT bool_or(i.kind = 'hospitality') FROM gifts_item i
                     WHERE i.offer_id = o.id AND NOT i.struck), false) AS hospitality,
           coalesce((SELECT bool_and(i.kind = 'hospitality_given') FROM gifts_item i
                     WHERE i.offer_id = o.id AND NOT i.struck), false) AS given,
           coalesce((SELECT bool_or(i.decision IN ('accepted', 'accepted_for_force'))
                     FROM gifts_item i WHERE i.offer_id = o.id AND NOT i.struck), false) AS accepted,
           coalesce((SELECT bool_and(i.decision = 'declined') FROM gifts_item i
                     WHERE i.offer_id = o.id AND NOT i.struck), false) AS declined,
           coalesce((SELECT sum(coalesce(i.value_to, i.value_from)) FROM gifts_item i
                     WHERE i.offer_id = o.id AND NOT i.struck), 0) AS pounds
    FROM c JOIN gifts_offer o ON o.case_id = c.id WHERE c.phase <> 'withdrawn'
  ),
  offers AS (
    SELECT *,
           CASE WHEN given THEN 'given' WHEN hospitality THEN 'hospitality' ELSE 'gratuity' END AS kind,
           CASE WHEN accepted THEN 'accepted' WHEN declined THEN 'declined' ELSE 'undecided' END
             AS decision
    FROM offered
  ),
  interests AS MATERIALIZED (
    SELECT i.*, c.happened_on, c.source, w.outcome AS first_outcome,
           oversight_day(w.given_at) AS noticed_on
    FROM c JOIN business_interests_interest i ON i.case_id = c.id
    LEFT JOIN LATERAL (
      SELECT outcome, given_at FROM business_interests_writtennotice n
      WHERE n.interest_id = i.id ORDER BY n.id LIMIT 1
    ) w ON true
  ),
  -- What was decided first; of a legacy register, what it says. A legacy approval that has ended since
  -- was an approval.
  decided AS (
    SELECT *, CASE
      WHEN first_outcome = 'revoked' AND source = 'imported' THEN 'approved'
      WHEN first_outcome IS NOT NULL THEN first_outcome
      WHEN status = 'withdrawn' THEN 'withdrawn'
      WHEN source = 'imported' AND status IN ('ceased', 'revoked') THEN 'approved'
      WHEN source = 'imported' AND status IN ('approved', 'approved_with_conditions', 'refused')
        THEN status
      ELSE 'pending' END AS outcome
    FROM interests
  ),
  looked_into AS MATERIALIZED (
    SELECT i.*, c.happened_on,
           CASE WHEN i.status <> 'closed' THEN i.status
                WHEN i.outcome IN ('resigned', 'retired', 'dismissed') THEN 'left'
                ELSE i.outcome END AS standing
    FROM c JOIN investigations_investigation i ON i.case_id = c.id
  ),
  stated AS (
    SELECT id AS case_id, happened_on AS counted_on, 'entries' AS measure, register::text AS key,
           1 AS n, 0::numeric AS pounds
    FROM c WHERE NOT c.confidential
    UNION ALL
    SELECT id, happened_on, 'withdrawn', register, 1, 0
    FROM c WHERE NOT c.confidential AND phase = 'withdrawn'

    -- gifts and hospitality
    UNION ALL
    SELECT case_id, happened_on, 'gifts.entries',
           concat_ws('|', kind, decision, CASE WHEN days_late > 0 THEN 'late' ELSE 'in_time' END,
                     source), 1, pounds
    FROM offers
    UNION ALL
    SELECT o.case_id, o.happened_on, 'gifts.items',
           concat_ws('|', i.kind, i.decision,
                     oversight_value_band(coalesce(i.value_to, i.value_from))),
           1, coalesce(i.value_to, i.value_from, 0)
    FROM offers o JOIN gifts_item i ON i.offer_id = o.id WHERE NOT i.struck
    UNION ALL
    SELECT case_id, happened_on, 'gifts.provider_kinds',
           concat_ws('|', coalesce(nullif(known_as, ''), provider_kind), decision), 1, pounds
    FROM offers
    UNION ALL
    SELECT case_id, happened_on, 'gifts.providers',
           concat_ws('|', provider_organisation_id, decision), 1, pounds
    FROM offers WHERE provider_organisation_id IS NOT NULL
    UNION ALL
    SELECT o.case_id, oversight_day(p.reviewed_at), 'gifts.peer_reviews', p.view, 1, 0
    FROM offers o JOIN gifts_peerreview p ON p.offer_id = o.id
    UNION ALL
    SELECT c.id, oversight_day(d.decided_at), 'gifts.decisions', concat_ws('|', d.stage, d.outcome),
           1, 0
    FROM c JOIN casework_decision d ON d.case_id = c.id
    WHERE c.register = 'gifts' AND c.phase <> 'withdrawn'

    -- second jobs and business interests
    UNION ALL
    SELECT case_id, happened_on, 'interests.applications', concat_ws('|', outcome, category), 1, 0
    FROM decided
    UNION ALL
    SELECT case_id,
           CASE WHEN first_outcome = outcome THEN noticed_on
                ELSE coalesce(approved_on, happened_on) END,  -- a legacy register decided it
           'interests.decided', outcome, 1, 0
    FROM decided WHERE outcome IN ('approved', 'approved_with_conditions', 'refused')
    UNION ALL
    SELECT case_id, coalesce(approved_on, noticed_on, happened_on), 'interests.against_guidance',
           coalesce(listed_id::text, ''), 1, 0
    FROM decided WHERE against_guidance
    UNION ALL
    SELECT case_id, ceased_on, 'interests.ceased', ceased_because, 1, 0
    FROM decided WHERE status = 'ceased'
    UNION ALL
    SELECT i.case_id, oversight_day(r.closed_at), 'interests.reviews',
           concat_ws('|', r.outcome,
                     CASE WHEN oversight_day(r.closed_at) <= r.due_on THEN 'in_time' ELSE 'late' END),
           1, 0
    FROM decided i JOIN business_interests_review r ON r.interest_id = i.id
    WHERE r.closed_at IS NOT NULL
    UNION ALL
    SELECT i.case_id, oversight_day(k.checked_at), 'interests.checks', k.outcome, 1, 0
    FROM decided i JOIN business_interests_condition t ON t.interest_id = i.id
    JOIN business_interests_conditioncheck k ON k.condition_id = t.id
    UNION ALL
    SELECT i.case_id, oversight_day(f.done_at), 'interests.follow_ups', f.outcome, 1, 0
    FROM decided i JOIN business_interests_followup f ON f.interest_id = i.id
    WHERE f.done_at IS NOT NULL
    UNION ALL
    SELECT i.case_id, oversight_day(a.made_at), 'interests.appeals',
           coalesce(nullif(a.outcome, ''), 'open'), 1, 0
    FROM decided i JOIN business_interests_appeal a ON a.interest_id = i.id

    -- contact with the media
    UNION ALL
    SELECT m.case_id, c.happened_on, 'media.contacts',
           concat_ws('|',
             CASE WHEN m.acknowledged_at IS NOT NULL OR m.status = 'acknowledged'
                  THEN 'acknowledged' ELSE 'waiting' END,
             CASE m.press_office_told WHEN true THEN 'told' WHEN false THEN 'not_told'
                  ELSE 'not_said' END,
             coalesce(nullif(m.basis, ''), 'not_said'),
             CASE WHEN m.days_late > 0 THEN 'late' ELSE 'in_time' END), 1, 0
    FROM c JOIN media_contacts_contact m ON m.case_id = c.id
    WHERE m.status NOT IN ('routed', 'no_contact', 'withdrawn')

    -- challenges that were sent; how one ended that was referred is PSD's alone to know
    UNION ALL
    SELECT c.id, oversight_day(h.made_at), 'challenges',
           concat_ws('|', c.register, CASE
             WHEN h.disposal IN ('justified', 'advice', 'corrected') THEN h.disposal
             WHEN h.disposal = 'referred' OR h.answered_at IS NOT NULL THEN 'with_psd'
             ELSE 'open' END), 1, 0
    FROM c JOIN casework_challenge h ON h.case_id = c.id WHERE NOT h.silent

    -- investigations
    UNION ALL
    SELECT case_id, oversight_day(opened_at), 'investigations',
           concat_ws('|', category, sub_category, standing, outcome), 1, 0
    FROM looked_into
    UNION ALL
    SELECT case_id, outcome_on, 'investigations.closed', category, 1, 0
    FROM looked_into WHERE status = 'closed'
    UNION ALL
    SELECT i.case_id, r.from_on, 'investigations.restrictions',
           concat_ws('|', r.kind, i.category, i.sub_category,
                     CASE WHEN r.ended_at IS NULL THEN 'running' ELSE 'ended' END), 1, 0
    FROM looked_into i JOIN investigations_restriction r ON r.investigation_id = i.id
    UNION ALL
    SELECT i.case_id, x.referred_on, 'investigations.external',
           concat_ws('|', i.category, i.sub_category), 1, 0
    FROM looked_into i JOIN investigations_externalreferral x ON x.investigation_id = i.id

    -- What waits: of today and of no period, so it is never summed over one. It stands on the day since
    -- which it waits, or by which it is due.
    UNION ALL
    SELECT c.id, c.received_on, 'waiting.' || c.register,
           coalesce(o.status, i.status, m.status, v.status, ''), 1, 0
    FROM c
    LEFT JOIN gifts_offer o ON o.case_id = c.id
    LEFT JOIN business_interests_interest i ON i.case_id = c.id
    LEFT JOIN media_contacts_contact m ON m.case_id = c.id
    LEFT JOIN investigations_investigation v ON v.case_id = c.id
    WHERE c.is_open
    UNION ALL
    SELECT id, received_on, 'waiting.owners', concat_ws('|', coalesce(owner_id::text, ''), register),
           1, 0
    FROM c WHERE is_open
    UNION ALL
    SELECT c.id, d.due_on, 'waiting.clocks', concat_ws('|', d.kind, c.register), 1, 0
    FROM c JOIN casework_deadline d ON d.case_id = c.id WHERE d.met_at IS NULL
    UNION ALL
    SELECT c.id, oversight_day(h.made_at), 'waiting.challenges',
           concat_ws('|', CASE WHEN h.answered_at IS NULL THEN 'unanswered' ELSE 'answered' END,
                     c.register, CASE WHEN h.disposed_at IS NULL THEN 'open' ELSE 'referred' END), 1, 0
    FROM c JOIN casework_challenge h ON h.case_id = c.id
    WHERE NOT h.silent AND (h.disposed_at IS NULL OR h.disposal = 'referred')
    UNION ALL
    SELECT i.case_id, r.due_on, 'waiting.reviews', '', 1, 0
    FROM interests i JOIN business_interests_review r ON r.interest_id = i.id
    WHERE r.closed_at IS NULL
    UNION ALL
    SELECT i.case_id, t.next_check_on, 'waiting.checks', '', 1, 0
    FROM interests i JOIN business_interests_condition t ON t.interest_id = i.id
    WHERE t.ended_at IS NULL AND NOT t.to_confirm AND t.next_check_on IS NOT NULL
    UNION ALL
    SELECT i.case_id, f.due_on, 'waiting.follow_ups', '', 1, 0
    FROM interests i JOIN business_interests_followup f ON f.interest_id = i.id
    WHERE f.done_at IS NULL AND f.dropped_at IS NULL
    UNION ALL
    SELECT i.case_id, r.from_on, 'waiting.restrictions', concat_ws('|', r.kind, i.category), 1, 0
    FROM looked_into i JOIN investigations_restriction r ON r.investigation_id = i.id
    WHERE r.ended_at IS NULL
  )
  SELECT c.id, c.force_id, c.oversight_body_id, c.unit_id, c.band, c.confidential,
         s.counted_on, s.measure, s.key, sum(s.n), sum(s.pounds)
  FROM stated s JOIN c ON c.id = s.case_id
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
$$;
