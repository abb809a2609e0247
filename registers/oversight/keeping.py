"""The database keeps the facts of cases: which rows mark a case as changed, and the SQL that says so."""

from pathlib import Path

SQL = Path(__file__).parent / "sql"

_OFFER = "(SELECT case_id FROM gifts_offer WHERE id = r.offer_id)"
_INTEREST = "(SELECT case_id FROM business_interests_interest WHERE id = r.interest_id)"
_CONDITION = (
    "(SELECT i.case_id FROM business_interests_condition c"
    " JOIN business_interests_interest i ON i.id = c.interest_id WHERE c.id = r.condition_id)"
)
_INVESTIGATION = "(SELECT case_id FROM investigations_investigation WHERE id = r.investigation_id)"

# Each table that sql/facts.sql reads, and the case that a row ``r`` of it belongs to.
TOUCHED_BY = {
    "casework_case": "r.id",
    "casework_decision": "r.case_id",
    "casework_challenge": "r.case_id",
    "casework_deadline": "r.case_id",
    "gifts_offer": "r.case_id",
    "gifts_item": _OFFER,
    "gifts_peerreview": _OFFER,
    "business_interests_interest": "r.case_id",
    "business_interests_writtennotice": _INTEREST,
    "business_interests_appeal": _INTEREST,
    "business_interests_condition": _INTEREST,
    "business_interests_conditioncheck": _CONDITION,
    "business_interests_followup": _INTEREST,
    "business_interests_review": _INTEREST,
    "media_contacts_contact": "r.case_id",
    "investigations_investigation": "r.case_id",
    "investigations_restriction": _INVESTIGATION,
    "investigations_externalreferral": _INVESTIGATION,
}


def sql(name: str) -> str:
    """The text of one of the SQL files beside this module."""
    return (SQL / name).read_text(encoding="utf-8")


def triggers() -> str:
    """SQL: every change of these tables marks its case, which is counted anew at the commit."""
    parts = [
        """
        CREATE CONSTRAINT TRIGGER oversight_settled AFTER INSERT ON oversight_touched
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION oversight_settle();"""
    ]
    for table, of_case in TOUCHED_BY.items():
        name = f"oversight_touch_by_{table}"
        parts.append(f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp SET integrity.scope = 'all' AS $body$
        DECLARE r {table};
        BEGIN
          r := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
          PERFORM oversight_touch({of_case});
          RETURN NULL;
        END
        $body$;
        CREATE TRIGGER oversight_touch AFTER INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}();""")
    return "\n".join(parts)
