"""The questions of the health check and the clauses of national guidance, in this project's words."""

from datetime import date

from django.db import migrations

REPORTED = date(2012, 12, 1)
CIRCULATED = {"gifts": date(2012, 6, 1), "interests": date(2012, 6, 1), "media": date(2012, 4, 1)}

QUESTIONS = {
    "1_public": (
        ("Does the force ask the public each year whether they trust its integrity, and does a board see the answer?", "HMIC 2012, p. 15"),
        ("Can anybody read, without asking, what was offered to the force, what was accepted and what was declined?", "HMIC 2012, City of London; Thames Valley"),
        ("Does the force learn from everyday dealings that people found unfair, and not only from well-known cases?", "HMIC 2012, pp. 16–17"),
        ("Are the outcomes of misconduct about integrity told inside the force, and to the public where that is right?", "HMIC 2012, p. 30"),
    ),
    "2_media": (
        ("Is every meeting or conversation with a journalist recorded, whoever had it?", "HMIC 2012, p. 21"),
        ("Is it checked that people outside the press office record their contacts?", "HMIC 2012, p. 21"),
        ("Do the press office and PSD meet regularly about possible leaks?", "HMIC 2012, p. 21"),
        ("Are journalists’ requests routed through the press office, and is it told of each contact?", "HMIC 2012, City of London; British Transport Police"),
        ("Are the force’s own channels looked over for leaks as a routine, and not only after a complaint?", "HMIC 2012, p. 21"),
        ("Does training about the media cover the integrity of relationships, and not only how to speak to a journalist?", "HMIC 2012, p. 31"),
    ),
    "3_disclosure": (
        ("Does everybody know what counts as a policing purpose before they look at a record?", "HMIC 2012, p. 29"),
        ("Is the use of every system that holds personal data audited, and not only of the Police National Computer?", "HMIC 2012, p. 22"),
        ("Can a leak be traced through e-mail, telephone calls and the use of computers?", "HMIC 2012, p. 21"),
        ("Does the policy say what is expected on personal accounts on social media?", "HMIC 2012, pp. 28–29"),
        ("Can the force learn, lawfully and in proportion, of misuse of social media beyond its own sites?", "HMIC 2012, p. 23"),
        ("Has everybody been trained or briefed on information security and social media since the last check?", "HMIC 2012, p. 32"),
    ),
    "4_gifts": (
        ("Is there one register of gifts and hospitality for the whole force?", "HMIC 2012, p. 24"),
        ("Are declined offers recorded as well as accepted ones?", "HMIC 2012, p. 24"),
        ("Are entries that seem to break the policy challenged, chief officers’ as well as others’?", "HMIC 2012, p. 24"),
        ("Do chief officers judge each other’s offers before anything is accepted?", "HMIC 2012, p. 24"),
        ("Is the register compared with contractors and prospective suppliers?", "HMIC 2012, p. 25"),
        ("Are entries tested unannounced against diaries and the records of whoever made the offer?", "HMIC 2012, p. 25"),
    ),
    "5_buying": (
        ("Does somebody beyond the line manager judge whether card purchases were justified, and not only whether they add up?", "HMIC 2012, pp. 6, 25"),
        ("Is low-level spend watched by the force as a whole, and not left to each budget holder?", "HMIC 2012, p. 25"),
        ("Does PSD look at procurement and contracts as a routine, before anything is referred to it?", "HMIC 2012, p. 25"),
        ("Do all who take part in a tender declare their interests in the bidders?", "HMIC 2012, p. 25"),
        ("Are people in outsourced services vetted, held to the force’s standards by contract, and checked?", "HMIC 2012, p. 20"),
        ("Have suppliers been told that the force takes no gifts or hospitality?", "HMIC 2012, British Transport Police"),
    ),
    "6_interests": (
        ("Does one policy bind officers and staff alike, with decisions made or overseen by PSD?", "HMIC 2012, p. 26"),
        ("Is it checked that conditions are kept, and that what was refused is not done after all?", "HMIC 2012, p. 26"),
        ("Is each approval against the guidance on occupations reasoned, approved twice and counted?", "HMIC 2012, p. 26"),
        ("Is every approved interest reviewed by its day?", "HMIC 2012, p. 26"),
        ("Does each PDR go through approved interests, their conditions and refusals?", "HMIC 2012, p. 26"),
        ("Are second jobs and business interests compared with the lists of suppliers and contracts?", "HMIC 2012, p. 25"),
    ),
    "7_standards": (
        ("Does a current threat assessment say which posts and units are exposed, and does it steer checks and support?", "HMIC 2012, p. 19"),
        ("Has the counter-corruption unit the people, and a leader senior enough, to look for problems before they are reported?", "HMIC 2012, p. 20"),
        ("Can anybody report a concern in confidence, and do people know how?", "HMIC 2012, p. 19"),
        ("Is it tested what people know and understand of the policies?", "HMIC 2012, p. 30"),
        ("Have counter-corruption staff had training of their own since the last check?", "HMIC 2012, p. 32"),
        ("Is help offered to people under strains that could make them vulnerable, without asking after their affairs?", "HMIC 2012, p. 19"),
    ),
    "8_governance": (
        ("Does everybody know which senior officer leads for integrity?", "HMIC 2012, p. 36"),
        ("Does a meeting of all the departments concerned follow the action plan and the checks of the registers?", "HMIC 2012, pp. 33–34"),
        ("Are staff associations represented at that meeting?", "HMIC 2012, pp. 8, 34"),
        ("Does the oversight body see what it needs, and challenge chief officers on their own entries?", "HMIC 2012, pp. 24, 35"),
        ("Have current and future senior leaders been trained in integrity?", "HMIC 2012, p. 31"),
        ("Is it written down, so that it can be audited, what chief officers and the oversight body each answer for?", "HMIC 2012, p. 38"),
    ),
}  # fmt: skip

CLAUSES = {
    "gifts": (
        ("Gifts, gratuities and hospitality are presumed to be declined; light refreshments are the exception.", "HMIC 2012, p. 28"),
        ("Every offer is recorded, whether it was accepted or declined.", "HMIC 2012, p. 28"),
        ("There is a single register.", "HMIC 2012, p. 28"),
        ("PSD oversees the policy and the register for the whole force.", "HMIC 2012, p. 28"),
        ("Entries are scrutinised and compared with what else the force holds, so that risks are seen whole.", "HMIC 2012, p. 28"),
        ("Whoever is offered something asks whether the offer is genuine, independent, free and transparent.", "HMIC 2012, p. 29"),
    ),
    "interests": (
        ("The policy says which unit answers for it and oversees it.", "HMIC 2012, p. 28"),
        ("Applications are made and decided in the same way throughout the force.", "HMIC 2012, p. 28"),
        ("Somebody who is refused can appeal, and the policy says how.", "HMIC 2012, p. 28"),
        ("The policy covers police staff as well as police officers.", "HMIC 2012, pp. 26, 28"),
        ("Approved interests are reviewed at set intervals.", "HMIC 2012, p. 26"),
        ("Occupations that the guidance says are unsuitable are named, and are not approved as a matter of course.", "HMIC 2012, p. 26"),
    ),
    "media": (
        ("Contact with the media is recorded.", "HMIC 2012, p. 27"),
        ("The policy says plainly what it expects where a conversation “off the record” is asked for or happens.", "HMIC 2012, p. 27"),
        ("Officers and staff route journalists’ requests to the press office.", "HMIC 2012, City of London"),
        ("Officers and staff tell the press office of all contact with journalists.", "HMIC 2012, British Transport Police"),
        ("The policy says how relationships with the media should work, and where to ask for advice.", "HMIC 2012, West Mercia"),
        ("The force has approved its media policy in the light of the guidance.", "HMIC 2012, pp. 27–28"),
    ),
}  # fmt: skip


def seed(apps, schema_editor):
    question = apps.get_model("governance", "HealthQuestion")
    question.objects.bulk_create(
        question(heading=heading, number=number, text=text, source=source, effective_from=REPORTED)
        for heading, asked in QUESTIONS.items()
        for number, (text, source) in enumerate(asked, start=1)
    )
    clause = apps.get_model("governance", "GuidanceClause")
    clause.objects.bulk_create(
        clause(document=document, number=number, text=text, source=source, effective_from=CIRCULATED[document])
        for document, asked in CLAUSES.items()
        for number, (text, source) in enumerate(asked, start=1)
    )


def remove(apps, schema_editor):
    apps.get_model("governance", "HealthQuestion").objects.all().delete()
    apps.get_model("governance", "GuidanceClause").objects.all().delete()


APPEND_ONLY = """
CREATE FUNCTION governance_statement_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'check_violation',
    CONSTRAINT = 'force_statement_is_never_changed',
    TABLE = TG_TABLE_NAME,
    SCHEMA = TG_TABLE_SCHEMA,
    MESSAGE = 'A statement is never changed; state the day again.';
END
$$
"""

TRIGGER = """
CREATE TRIGGER force_statement_is_never_changed BEFORE UPDATE ON governance_forcestatement
FOR EACH ROW EXECUTE FUNCTION governance_statement_stands()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_health_assessments_statements"),
    ]

    operations = [
        migrations.RunPython(seed, remove),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION governance_statement_stands()"),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER force_statement_is_never_changed ON governance_forcestatement"
        ),
    ]
