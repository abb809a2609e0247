"""What the reports of 2011 and 2012 recommend, and practices that they describe, in this project's words."""

from django.db import migrations

RECOMMENDED = {
    "without_fear_2011": (
        ("forces_and_bodies", "HMIC 2012, p. 18", "Have dependable ways to find, watch and manage the risks that come with relationships, disclosure of information, gifts, hospitality, contracts and second jobs."),
        ("service", "HMIC 2012, p. 27", "Draw clear lines on integrity, the same throughout the service: what is acceptable, what is not, and where people are vulnerable."),
        ("service", "HMIC 2012, p. 31", "Teach integrity and the prevention of corruption in training courses, and above all to those who lead or will lead forces."),
        ("forces", "HMIC 2012, p. 33", "As chief officers, review governance and oversight: they should serve the force’s values, be led by example, and belong to everyday business."),
        ("service", "HMIC 2012, note 7", "Have detailed proposals on these matters ready to be consulted on with everybody concerned by April 2012."),
        ("inspectorate", "HMIC 2012, note 7", "Assess progress on these matters by October 2012, in time for incoming commissioners and their panels."),
    ),
    "revisiting_2012": (
        ("inspectorate", "p. 38 and Annex A", "Go on inspecting integrity from outside and unannounced, beside commissioners’ own scrutiny of chief officers: progress is uneven and too slow."),
        ("forces_and_bodies", "p. 38 and Annex A", "Make it normal that standards departments check and challenge chief officers, openly; commissioners should satisfy themselves that their forces do."),
        ("forces_and_bodies", "p. 38 and Annex A", "Make corporate governance firm enough to be audited, and say plainly what chief officers answer for and what commissioners do."),
        ("college", "p. 38 and Annex A", "Set professional standards for training and development in integrity, soon."),
        ("service", "Annex A", "Agree what part forces play when staff of an outsourced service misbehave, and write national guidance so that forces can see and manage the risk to their name."),
        ("forces_and_bodies", "Annex A", "Be sure that misuse of social media is watched for and its risk to the force’s name managed."),
        ("forces", "p. 24 and Annex A", "Have chief officers review each other’s offers of gifts and hospitality: whether accepting is proper, and how it would look inside and outside."),
        ("forces", "p. 25 and Annex A", "Cross-check the entries of registers, and test them against events, so that improper conduct is likelier to be found."),
        ("forces", "Annex A", "Go through second jobs and business interests in each person’s development review, with what was refused and the conditions of what was approved."),
        ("bodies", "Annex A", "Assess how far the force follows the national guidance on integrity, and how its policies and systems support the local strategy against corruption."),
        ("forces", "Annex A", "Find out thoroughly what officers and staff know and understand of the policies on integrity."),
        ("service", "Annex A", "Invest in training in integrity for the service’s leaders, now and to come."),
    ),
}  # fmt: skip

PRACTISED = {
    "btp_2012": (
        "Hold an integrity and compliance board, chaired by the deputy chief constable, with the heads of standards, finance, procurement and HR; it also follows what inspections recommended.",
        "Take no gifts or hospitality as a rule; each exception needs leave beforehand.",
        "Tell suppliers that nothing is accepted, and repeat it where they tender.",
        "Have standards and procurement compare the registers of contracts with that of gifts and hospitality.",
        "Score the risk of standards work, and give it out and order it by that score.",
    ),
    "london_2012": (
        "Check integrity across the whole force against a published list, and keep one action plan of what follows.",
        "Publish every declared gift and hospitality, and have the oversight body look the register over regularly.",
        "Have finance manage all corporate and purchasing cards and pass suspicious spending to standards.",
        "Assess threats from corruption and poor standards across the whole organisation.",
        "Review each registered second job once a year, with all applications assessed in one place.",
        "Tell everybody the lessons of discipline cases.",
        "Report progress on integrity to the oversight body’s committee each quarter.",
    ),
    "thames_valley_2012": (
        "Keep one register of everything offered, accepted or declined and whatever it is worth, owned by standards and published.",
        "Have the heads of procurement, standards and communications meet each quarter to compare gifts and hospitality with contractors.",
        "Hold an integrity subgroup where all the relevant heads name the key risks, decide on actions and follow them.",
        "Base each decision on a second job on its risk to the force and on how the applicant does in post, for staff as for officers.",
        "Discuss refused second jobs at the integrity subgroup, so that the policy is applied alike.",
        "Have the media team flag every suspected leak.",
    ),
    "west_mercia_2012": (
        "Turn a check of integrity into a detailed plan for each area of the recommendations.",
        "In an alliance, compare policies on integrity with national standards and adopt them jointly.",
        "Bring registers kept at separate stations together in one electronic register under one standards department.",
        "Require that property is let through an agent.",
        "Have chief officers speak in person of values and integrity, to sergeants and inspectors in particular.",
    ),
}  # fmt: skip


def seed(apps, schema_editor):
    Recommendation = apps.get_model("governance", "Recommendation")
    rows = [
        Recommendation(report=report, number=number, addressee=addressee, where=where, text=text)
        for report, each in RECOMMENDED.items()
        for number, (addressee, where, text) in enumerate(each, start=1)
    ]
    rows += [
        Recommendation(
            report=report,
            number=number,
            addressee="forces",
            where="Findings",
            text=text,
            is_practice=True,
        )
        for report, each in PRACTISED.items()
        for number, text in enumerate(each, start=1)
    ]
    Recommendation.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_questions_and_clauses")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
