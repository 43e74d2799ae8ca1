"""Positions: marked names; who holds which title in which body, and how that is known."""

import pytest

from annotated import annotate, annotate_read


def find(nlp, marked, issuer=None):
    """Return the positions as (person, title, organization, status)."""
    doc = nlp.get_pipe("pressx_positions")(annotate(nlp, marked, issuer))
    facts = doc.spans["positions"].attrs["facts"]
    return [
        (fact["person"], span.text, fact["organization"], fact["status"])
        for span, fact in zip(doc.spans["positions"], facts, strict=True)
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("said {P:Ada Quill}, president of {O:Northwind}.", [("Quill", "president", "Northwind", "current")]),
        ("said {O:Northwind} CEO {P:Ada Quill}.", [("Quill", "CEO", "Northwind", "current")]),
        (
            "{P:Ada Quill}, Ph.D., the Ruth and Tom Poe Chair in Harbour Science, and {P:Tom Reed} of {O:Northwind}",
            [("Quill", "Ruth and Tom Poe Chair in Harbour Science", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill} '84, rector of {O:Kestrel}, came with {P:Tom Reed} '71, former editor of {O:Pine}.",
            [("Quill", "rector", "Kestrel", "current"), ("Reed", "editor", "Pine", "former")],
        ),
        (
            "It is so.\n\n({P:Ada Quill})\nUnder Secretary\n{O:Ministry of Tides}\n",
            [("Quill", "Under Secretary", "Ministry of Tides", "current")],
        ),
        (
            "{O:Northwind} grows. It sent deputies {P:Ada Quill} and {P:Tom Reed}.",
            [("Quill", "deputies", "Northwind", "current"), ("Reed", "deputies", "Northwind", "current")],
        ),
        (
            "{O:Northwind} grows.\n\nKey leaders in the Quay Center of {O:Kestrel} include {P:Ada Quill} as Group CFO and {P:Tom Reed} as Procurement Head.",
            [("Quill", "Group CFO", "Kestrel", "current"), ("Reed", "Procurement Head", "Kestrel", "current")],
        ),
        (
            "{O:Northwind} grows. It was signed by the President Director of the Norvik hospital, {P:Ada Quill}.",
            [("Quill", "President Director", "Northwind", "current")],
        ),
        (
            "{O:Harrow College} grows.\n\nCollege President {P:Ada Quill} came.",
            [("Quill", "President", "Harrow College", "current")],
        ),
        (
            "{O:Northwind} met {O:Jabal Quays LLC} and {O:Pine Bank}.\n\nIt was signed on behalf of the company by its CEO, {P:Ada Quill}.",
            [("Quill", "CEO", "Jabal Quays LLC", "current")],
        ),
        (
            "{O:Kestrel Group} grows.\n\nGroup CEO {P:Ada Quill} came.",
            [("Quill", "Group CEO", "Kestrel Group", "current")],
        ),
        (
            "with {P:Ada Quill}, chair of the organising committee, for {O:Northwind}",
            [("Quill", "chair of the organising committee", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill}, former treasurer of {O:Northwind}, left.",
            [("Quill", "treasurer", "Northwind", "former")],
        ),
        (
            "said {P:Ada Quill}, Director of {O:Northwind} and Chair of {O:Kestrel}.",
            [("Quill", "Director", "Northwind", "current"), ("Quill", "Chair", "Kestrel", "current")],
        ),
        (
            "with {P:Ada Quill}, Minister of Fisheries and Chairman of {O:Kestrel}.",
            [("Quill", "Minister of Fisheries", None, "current"), ("Quill", "Chairman", "Kestrel", "current")],
        ),
        (
            "The Controller of the {O:Air Service}, Captain {P:Ada Quill}, said so.",
            [("Quill", "Controller", "Air Service", "current"), ("Quill", "Captain", None, "current")],
        ),
        (
            "Inspector General {P:Ada Quill} of the {O:Harbour Board} and Special Agent in Charge {P:Tom Reed} of the {O:Bureau} came.",
            [
                ("Quill", "Inspector General", "Harbour Board", "current"),
                ("Reed", "Special Agent in Charge", "Bureau", "current"),
            ],
        ),
        (
            "{P:Ada Quill}, 58, of Port Alder, who was Deputy Director of Dredging at the {O:Harbour Board}, was charged.",
            [("Quill", "Deputy Director of Dredging", "Harbour Board", "current")],
        ),
        (
            "It includes {P:Ada Quill} as General Counsel, {P:Tom Reed} as Group CFO, and {P:Jo Pine} as Head of Sales.",
            [
                ("Quill", "General Counsel", "Northwind", "current"),
                ("Reed", "Group CFO", "Northwind", "current"),
                ("Pine", "Head of Sales", "Northwind", "current"),
            ],
        ),
        (
            "* {P:Ada Quill}, Founding Member - Head of Investments",
            [
                ("Quill", "Founding Member", "Northwind", "current"),
                ("Quill", "Head of Investments", "Northwind", "current"),
            ],
        ),
        (
            "The board:\n\n* {P:Ada Quill}, Director, {O:Kestrel}\n* {P:Tom Reed}, PhD, Quay Pathways, {O:Harrow}\n* {P:Jo Pine}, Head, {O:Norvik}",
            [
                ("Quill", "Director", "Kestrel", "current"),
                ("Reed", "Quay Pathways", "Harrow", "current"),
                ("Pine", "Head", "Norvik", "current"),
            ],
        ),
        ("{P:Ada Quill} - CEO {O:Kestrel} added: yes.", [("Quill", "CEO", "Kestrel", "current")]),
        ("so said Gov. {P:Ada Quill} here.", [("Quill", "Gov.", None, "current")]),
        (
            "said {P:Ada Quill}, Vice President of Strategic Marketing for The {O:Kestrel}.",
            [("Quill", "Vice President of Strategic Marketing", "Kestrel", "current")],
        ),
        (
            "{O:Kestrel}, backed by {O:Harrow}, is led by CEO {P:Ada Quill}.",
            [("Quill", "CEO", "Kestrel", "current")],
        ),
        (
            "At the fair {P:Ada Quill}, {O:Kestrel} Chairman, representatives from Norvik and others spoke.",
            [("Quill", "Chairman", "Kestrel", "current")],
        ),
        (
            "said {P:Ada Quill}, chief executive of talent solutions company {O:Kestrel}.",
            [("Quill", "chief executive", "Kestrel", "current")],
        ),
        (
            "said {P:Ada Quill}, Head of Sales for Italian company {O:Kestrel}.",
            [("Quill", "Head of Sales", "Kestrel", "current")],
        ),
        (
            "{O:Kestrel} built a quay. Its Regional Director, {P:Ada Quill}, said so.",
            [("Quill", "Regional Director", "Kestrel", "current")],
        ),
        ("{P:Ada Quill}, Norvik's first Digital Minister, spoke.", [("Quill", "Digital Minister", None, "current")]),
        (
            "Were recognized: {P:Ada Quill} (Domestic Preferred Manager); {P:Tom Reed} (Vice President, Preferred Clients).",
            [
                ("Quill", "Domestic Preferred Manager", "Northwind", "current"),
                ("Reed", "Vice President, Preferred Clients", "Northwind", "current"),
            ],
        ),
        (
            "The crew: Director: {P:Ada Quill} (Norvik)  Editor: {P:Tom Reed} (Norvik)",
            [("Quill", "Director", "Northwind", "current"), ("Reed", "Editor", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill} - President, {O:Kestrel} {P:Tom Reed} - Chairman, {O:Harrow} {P:Lena Sund} - Dean, {O:Pine}\n",
            [
                ("Quill", "President", "Kestrel", "current"),
                ("Reed", "Chairman", "Harrow", "current"),
                ("Sund", "Dean", "Pine", "current"),
            ],
        ),
        ("said {P:Ada Quill}, Editor in Chief of {O:Kestrel}.", [("Quill", "Editor in Chief", "Kestrel", "current")]),
        (
            "{O:Northwind} has appointed {P:Ada Quill} as Chief Operating Officer.",
            [("Quill", "Chief Operating Officer", "Northwind", "current")],
        ),
        (
            "{O:Northwind} grows.\n\nsaid Chief Executive Officer {P:Ada Quill}.",
            [("Quill", "Chief Executive Officer", "Northwind", "current")],
        ),
        (
            "He met the President of Peru, {P:Ada Quill}, his Secretary of Trade, {P:Tom Reed}, and the Prime Minister, {P:Lena Sund}, there.",
            [
                ("Quill", "President of Peru", None, "current"),
                ("Reed", "Secretary of Trade", "Northwind", "current"),
                ("Sund", "Prime Minister", None, "current"),
            ],
        ),
        (
            "{P:Ada Quill}, Director of Business Development for Health, Education, and Tourism at {O:Kestrel}, said",
            [("Quill", "Director of Business Development for Health, Education, and Tourism", "Kestrel", "current")],
        ),
        (
            "{P:Ada Quill}, COO | Managing Broker of {O:Kestrel}",
            [("Quill", "COO | Managing Broker", "Kestrel", "current")],
        ),
        ("{P:Ada Quill}, Managing DirectorT: (555) 010-0100", [("Quill", "Managing Director", "Northwind", "current")]),
        (
            "{P:Ada Quill}, Chair of this trial in Norvik and former Dean of {O:Kestrel}, said",
            [("Quill", "Chair", "Kestrel", "current"), ("Quill", "Dean", "Kestrel", "former")],
        ),
        (
            "A graduate of {O:Harrow} and a former consultant at {O:Kestrel}, {P:Ada Quill} has led the firm.",
            [("Quill", "consultant", "Kestrel", "former")],
        ),
        (
            "{P:Ada Quill}, a former All-Star and current {O:Kestrel} analyst, played",
            [("Quill", "analyst", "Kestrel", "current")],
        ),
        (
            "* {P:Ada Quill}, Dean, {O:Kestrel}\n* {P:Tom Reed}, CEO, Real Retention\n* {P:Lena Sund}, President, {O:Harrow}\n",
            [
                ("Quill", "Dean", "Kestrel", "current"),
                ("Reed", "CEO", None, "current"),
                ("Sund", "President", "Harrow", "current"),
            ],
        ),
        (
            "{O:Northwind} won.\n\nInvestor Contact:\n{O:Kestrel}\n{P:Tom Reed}, T: 555\n{P:Ada Quill}, Managing Director\n",
            [("Quill", "Managing Director", "Kestrel", "current")],
        ),
        (
            "{O:Northwind} won. {P:Ada Quill}, Vice-Rector for International Affairs, and Mr. {P:Tom Reed}, Dean of {O:Kestrel}, came.",
            [
                ("Quill", "Vice-Rector for International Affairs", "Northwind", "current"),
                ("Reed", "Dean", "Kestrel", "current"),
            ],
        ),
        (
            "{O:Northwind} won. A ceremony at the {O:Harrow Museum} was attended by Health Secretary {P:Ada Quill} and Professor {P:Tom Reed}.",
            [("Quill", "Health Secretary", None, "current"), ("Reed", "Professor", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill}, co-founder of {O:Golden Group} at {O:Kestrel}",
            [("Quill", "co-founder", "Golden Group", "current")],
        ),
        ("{P:Ada Quill}, CFO of Global Technovations, said", [("Quill", "CFO", None, "current")]),
        ("{P:Ada Quill}, CEO of a large maker of quays, said", [("Quill", "CEO", None, "current")]),
        ("{P:Ada Quill}, Director of Norvik Cannabis Administration, said", [("Quill", "Director", None, "current")]),
        (
            "{P:Ada Quill}, Director of Public Affairs, said",
            [("Quill", "Director of Public Affairs", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill} will serve as a member of the Audit Committee of the Board.",
            [("Quill", "member of the Audit Committee of the Board", "Northwind", "incoming")],
        ),
        ("{P:Ada Quill}, Sr., CEO of {O:Kestrel}, said", [("Quill", "CEO", "Kestrel", "current")]),
        (
            "{P:Ada Quill}, Sr. Vice President of {O:Kestrel}, said",
            [("Quill", "Sr. Vice President", "Kestrel", "current")],
        ),
        (
            "{O:Kestrel} (Norvik Exchange: {O:KTL}) President Dr. {P:Ada Quill} said so.",
            [("Quill", "President", "Kestrel", "current")],
        ),
        (
            "It appointed {P:Ada Quill}, Chair of the Audit Committee, as Interim Chair, and {P:Tom Reed}, President, as CEO.",
            [
                ("Quill", "Chair of the Audit Committee", "Northwind", "current"),
                ("Quill", "Interim Chair", "Northwind", "current"),
                ("Reed", "President", "Northwind", "current"),
                ("Reed", "CEO", "Northwind", "current"),
            ],
        ),
        (
            "said {P:Ada Quill}, CEO of {O:Kestrel}'s wholly owned subsidiary, {O:Harrow}.",
            [("Quill", "CEO", "Harrow", "current")],
        ),
        (
            "said {P:Ada Quill}, M.D., lead author of the study and clinical professor of surgery at {O:Kestrel}.",
            [("Quill", "clinical professor of surgery", "Kestrel", "current")],
        ),
        ("{P:Ada Quill} served as CEO of quays.com until May.", [("Quill", "CEO", None, "former")]),
        (
            "{P:Ada Quill} came. She led a large roll-up of quays as President of {O:Kestrel}.",
            [("Quill", "President", "Kestrel", "current")],
        ),
        (
            "Founded in 1995 by President {P:Ada Quill}, {O:Kestrel} grew.",
            [("Quill", "President", "Kestrel", "current")],
        ),
        ("Under new Chair {P:Ada Quill}, the {O:Kestrel} grows.", [("Quill", "Chair", "Kestrel", "current")]),
        (
            "{O:Northwind} sold shares. The round, with {O:Kestrel} as exclusive placement agent, includes Chair {P:Ada Quill}.",
            [("Quill", "Chair", "Northwind", "current")],
        ),
        (
            "{O:Kestrel} CEO {P:Ada Quill} and President {P:Tom Reed} said so.",
            [("Quill", "CEO", "Kestrel", "current"), ("Reed", "President", "Kestrel", "current")],
        ),
        (
            "{O:Northwind} named {P:Ada Quill} as General Counsel to Support Growth of Quays",
            [("Quill", "General Counsel", "Northwind", "current")],
        ),
        (
            "said {P:Ada Quill}, Special Advisor to the President of {O:Kestrel}.",
            [("Quill", "Special Advisor to the President", "Kestrel", "current")],
        ),
        (
            "{P:Ada Quill}, who was no part of it, is Dean of {O:Kestrel}.",
            [("Quill", "Dean", "Kestrel", "current")],
        ),
        (
            "said Dr. {P:Ada Quill}, DDS, D-ABDSM, CEO of {O:Kestrel}.",
            [("Quill", "CEO", "Kestrel", "current")],
        ),
        (
            "said {P:Ada Quill}, CEO of {O:Quay Lab}, a {O:Kestrel} company.",
            [("Quill", "CEO", "Quay Lab", "current")],
        ),
        ("said City State's Attorney {P:Ada Quill} today.", [("Quill", "City State's Attorney", None, "current")]),
        (
            "It includes {P:Ada Quill}, Vice President and General Counsel, and Chief Financial Officer, {P:Tom Reed}, there.",
            [
                ("Quill", "Vice President and General Counsel", "Northwind", "current"),
                ("Reed", "Chief Financial Officer", "Northwind", "current"),
            ],
        ),
        (
            "It was signed by {P:Ada Quill}, Minister of Fisheries, and Professor Sir {P:Tom Reed}, Dean of {O:Kestrel}.",
            [
                ("Quill", "Minister of Fisheries", None, "current"),
                ("Reed", "Professor", "Kestrel", "current"),
                ("Reed", "Dean", "Kestrel", "current"),
            ],
        ),
        (
            "{O:Northwind} won. Professor {P:Ada Quill}, Dean of {O:Kestrel}, came.",
            [("Quill", "Professor", "Kestrel", "current"), ("Quill", "Dean", "Kestrel", "current")],
        ),
        (
            "said {P:Ada Quill}, Director of Content for Norvik's 50 Best Quays.",
            [("Quill", "Director of Content", "Northwind", "current")],
        ),
        (
            "{P:Ada Quill}, {O:NU} Treasurer Prof. {P:Tom Reed} and Chairman of {O:Kestrel} {P:Jo Pine} came.",
            [("Reed", "Treasurer", "NU", "current"), ("Pine", "Chairman", "Kestrel", "current")],
        ),
        (
            "{O:Norvik College} Pro-Vice Chancellor (Research and Innovation) Dr. {P:Ada Quill} came.",
            [("Quill", "Pro-Vice Chancellor (Research and Innovation)", "Norvik College", "current")],
        ),
        (
            "with {P:Ada Quill}, {O:Kestrel} Chief Scientist, and Ambassador {P:Tom Reed}.",
            [("Quill", "Chief Scientist", "Kestrel", "current"), ("Reed", "Ambassador", None, "current")],
        ),
        (
            "{O:Northwind} grows.\nDean of Engineering Asst. Prof. {P:Ada Quill} came.",
            [("Quill", "Dean of Engineering", "Northwind", "current")],
        ),
        (
            "said Minister for Health and HIV/AIDS Hon. Dr. {P:Ada Quill}.",
            [("Quill", "Minister for Health and HIV/AIDS", None, "current")],
        ),
        (
            "said {P:Ada Quill}, Director of Strategy and the Environment at {O:Kestrel}.",
            [("Quill", "Director of Strategy and the Environment", "Kestrel", "current")],
        ),
        (
            "The Minister for Heritage, the Arts and Ports, {P:Ada Quill}, said so.",
            [("Quill", "Minister for Heritage, the Arts and Ports", None, "current")],
        ),
        (
            "said {P:Ada Quill}, director of the DNP program.",
            [("Quill", "director of the DNP program", "Northwind", "current")],
        ),
        ("said {P:Ada Quill}, head of the city's Department of Quays.", [("Quill", "head", None, "current")]),
        (
            "{O:Kestrel} Chair {P:Tom Reed} and the Secretary for Health, Dr. {P:Ada Quill}, came.",
            [("Reed", "Chair", "Kestrel", "current"), ("Quill", "Secretary for Health", None, "current")],
        ),
        (
            "said {P:Ada Quill}, Chair of the Board of Governors.",
            [("Quill", "Chair of the Board of Governors", "Northwind", "current")],
        ),
        ("{O:Harrow} Rector {P:Ada Quill} at the {O:Quay Museum} signed.", [("Quill", "Rector", "Harrow", "current")]),
        (
            "Professor {P:Ada Quill} and Associate Professor {P:Tom Reed} from {O:Harrow University} won.",
            [
                ("Quill", "Professor", "Harrow University", "current"),
                ("Reed", "Associate Professor", "Harrow University", "current"),
            ],
        ),
        (
            "{O:Kestrel} has appointed {P:Ada Quill} as its new president.\n\nShe is due to complete her term as president of {O:Harrow}.",
            [("Quill", "president", "Kestrel", "current"), ("Quill", "president", "Harrow", "current")],
        ),
        (
            "by {O:NU}'s Deputy Vice-Chancellor for Academic Affairs, Professor {P:Ada Quill}.",
            [
                ("Quill", "Deputy Vice-Chancellor for Academic Affairs", "NU", "current"),
                ("Quill", "Professor", "NU", "current"),
            ],
        ),
        (
            "{O:Northwind} came. {P:Ada Quill}, Director of Quays, and {O:Kestrel}'s Country Director for Norvik, {P:Tom Reed}, came.",
            [
                ("Quill", "Director of Quays", "Northwind", "current"),
                ("Reed", "Country Director for Norvik", "Kestrel", "current"),
            ],
        ),
        (
            "Vice-Minister of Cultural Industries {P:Ada Quill} signed.",
            [("Quill", "Vice-Minister of Cultural Industries", None, "current")],
        ),
        (
            "{O:Northwind} elected {P:Ada Quill}, CEO of the seed company {O:Kestrel}, as vice president.",
            [("Quill", "CEO", "Kestrel", "current"), ("Quill", "vice president", "Northwind", "current")],
        ),
        (
            "{O:Northwind} elected Professor {P:Ada Quill}, {O:Harrow University}, as president.",
            [("Quill", "Professor", "Harrow University", "current"), ("Quill", "president", "Northwind", "current")],
        ),
        (
            "while {P:Ada Quill}, Acting President, signed on behalf of {O:Kestrel}.",
            [("Quill", "Acting President", "Kestrel", "current")],
        ),
        (
            "She, {P:Ada Quill}, Deputy Director of {O:Kestrel}, was Director of {O:Kestrel}.",
            [("Quill", "Deputy Director", "Kestrel", "current"), ("Quill", "Director", "Kestrel", "former")],
        ),
        (
            "with {P:Ada Quill}, Joint Secretary (Inland Quays); and {P:Tom Reed}, Counsellor (Fisheries), came.",
            [
                ("Quill", "Joint Secretary (Inland Quays)", "Northwind", "current"),
                ("Reed", "Counsellor (Fisheries)", "Northwind", "current"),
            ],
        ),
        (
            "the Chargé d'affaires a.i. of the {O:Embassy}, {P:Ada Quill}, came.",
            [("Quill", "Chargé d'affaires a.i.", "Embassy", "current")],
        ),
        (
            "the Head of the National Quay Safety Service {P:Ada Quill}, came.",
            [("Quill", "Head", None, "current")],
        ),
        (
            "with {P:Ada Quill}, Chief Executive, National Cold Quay Mission and senior staff.",
            [("Quill", "Chief Executive", None, "current")],
        ),
        (
            "the UQW Resident Coordinator, {P:Ada Quill}, came.",
            [("Quill", "Resident Coordinator", None, "current")],
        ),
        (
            "the {O:Kestrel} Representative in Norway, Ms. {P:Ada Quill}, came.",
            [("Quill", "Representative in Norway", "Kestrel", "current")],
        ),
        (
            "said {P:Ada Quill}, professor of tidal plant ecology at {O:Harrow University}.",
            [("Quill", "professor of tidal plant ecology", "Harrow University", "current")],
        ),
        (
            "{O:Northwind} announced that {P:Ada Quill}, dean at {O:Harrow University}, has been elected as its 22nd president.",
            [("Quill", "dean", "Harrow University", "current"), ("Quill", "president", "Northwind", "current")],
        ),
        (
            "said {P:Ada Quill}, the study's principal investigator and chief of cardiology at {O:Harrow}.",
            [
                ("Quill", "principal investigator", None, "current"),
                ("Quill", "chief of cardiology", "Harrow", "current"),
            ],
        ),
        (
            "It was attended by the Governor of Norvik, {P:Ada Quill}, by the Ambassador with residence in Harrow, {P:Tom Reed}, and by the president of {O:Kestrel}, Captain {P:Jo Pine}.",
            [
                ("Quill", "Governor of Norvik", None, "current"),
                ("Reed", "Ambassador", None, "current"),
                ("Pine", "president", "Kestrel", "current"),
                ("Pine", "Captain", None, "current"),
            ],
        ),
        (
            "{O:Harrow Museum} opens. For the director of the museum, {P:Ada Quill}, it is good.",
            [("Quill", "director", "Harrow Museum", "current")],
        ),
        (
            "{O:Northwind} and {O:Harrow Foundation} came. The foundation's Chief Executive {P:Ada Quill} left.",
            [("Quill", "Chief Executive", "Harrow Foundation", "current")],
        ),
        (
            "{O:Northwind} came. {P:Ada Quill}, Dean of the {O:Faculty of Law}, left. {O:Harrow University} came.",
            [("Quill", "Dean of the Faculty of Law", "Northwind", "current")],
        ),
        (
            "{O:Northwind} came, said Secretary {P:Ada Quill}, {O:EQH}, today.",
            [("Quill", "Secretary", "Northwind", "current")],
        ),
        (
            "The board: \n\n{P:Ada Quill}, Director, {O:Kestrel} \n{P:Tom Reed}, Director, {O:Harrow} \n{P:Jo Pine}, Head, {O:Norvik} \n",
            [
                ("Quill", "Director", "Kestrel", "current"),
                ("Reed", "Director", "Harrow", "current"),
                ("Pine", "Head", "Norvik", "current"),
            ],
        ),
        ("signed by {O:NU} VC {P:Ada Quill}.", [("Quill", "VC", "NU", "current")]),
        (
            "with the Minister of Health, Dr. {P:Ada Quill}, and others.",
            [("Quill", "Minister of Health", None, "current")],
        ),
        (
            "The head of the {O:Quay Office} in Norvik, {P:Ada Quill}, noted it.",
            [("Quill", "head", "Quay Office", "current")],
        ),
        ("Her Excellency Ambassador {P:Ada Quill} came.", [("Quill", "Ambassador", None, "current")]),
        (
            "It has named {P:Ada Quill} as Chief Harbour Officer for a four-year term.",
            [("Quill", "Chief Harbour Officer", "Northwind", "current")],
        ),
        (
            "{O:Norvik University} joined. The {O:Ministry} hosted it; Dean of Law {P:Ada Quill} came.",
            [("Quill", "Dean of Law", "Norvik University", "current")],
        ),
        ("said {P:Ada Quill}, President of the University.", [("Quill", "President", "Northwind", "current")]),
        ("{P:Ada Quill} (Coordinator, Mekong Node, {O:ICDS}) came.", [("Quill", "Coordinator", "ICDS", "current")]),
        (
            "Present were the Rector of {O:Norvik University} {P:Ada Quill}, the Dean of {O:Harrow College}, Professor {P:Tom Reed}, and others.",
            [
                ("Quill", "Rector", "Norvik University", "current"),
                ("Reed", "Dean", "Harrow College", "current"),
                ("Reed", "Professor", "Norvik University", "current"),
            ],
        ),
        (
            "Standing are: Project Manager, {O:Quay Bank} ({O:QB}), Mr. {P:Ada Quill}; and Councillor for the North Ward, Ms. {P:Jo Pine}.",
            [
                ("Quill", "Project Manager", "Quay Bank", "current"),
                ("Pine", "Councillor for the North Ward", None, "current"),
            ],
        ),
        (
            "Vice-Presidents were elected as follows: {P:Ada Quill} (law) and {P:Tom Reed} (tides).",
            [
                ("Quill", "Vice-Presidents", "Northwind", "current"),
                ("Reed", "Vice-Presidents", "Northwind", "current"),
            ],
        ),
        ("signed by Eng. / {P:Ada Quill}, Deputy Minister.", [("Quill", "Deputy Minister", None, "current")]),
        ("{P:Ada Quill}, CEO{O:KTL Partners}", [("Quill", "CEO", "KTL Partners", "current")]),
        ("{P:Ada Quill}, CEOada.quill@northwind.example", [("Quill", "CEO", "Northwind", "current")]),
        (
            "with {P:Ada Quill}, Ambassador of Portugal with residence in Norvik.",
            [("Quill", "Ambassador of Portugal", None, "current")],
        ),
        (
            "{P:Ada Quill}, Ambassador Extraordinary and Plenipotentiary of Côte d'Ivoire to the Kingdom of Spain, spoke.",
            [
                (
                    "Quill",
                    "Ambassador Extraordinary and Plenipotentiary of Côte d'Ivoire to the Kingdom of Spain",
                    None,
                    "current",
                )
            ],
        ),
        (
            "{P:Ada Quill}, Deputy Governor (Tidal Stability and Dredging) of the {O:Harbour Bank}, agreed.",
            [("Quill", "Deputy Governor (Tidal Stability and Dredging)", "Harbour Bank", "current")],
        ),
        (
            "{P:Ada Quill}, Senior Director, Quay Supervision Department, {O:Harbour Bank}, agreed.",
            [("Quill", "Senior Director, Quay Supervision Department", "Harbour Bank", "current")],
        ),
        (
            "{P:Ada Quill}, Executive Director: Communication and Marketing, {O:Norvik University}, wrote it.",
            [("Quill", "Executive Director: Communication and Marketing", "Norvik University", "current")],
        ),
        (
            "said {O:Harbour Board} Ag. Chief Executive Officer {P:Ada Quill}.",
            [("Quill", "Ag. Chief Executive Officer", "Harbour Board", "current")],
        ),
        (
            "said {O:Quay School} Principal IV {P:Ada Quill}.",
            [("Quill", "Principal IV", "Quay School", "current")],
        ),
        (
            "On the side of {O:Kestrel} there were {P:Ada Quill}, Rector; and {P:Tom Reed}, Registrar. It rained.",
            [("Quill", "Rector", "Kestrel", "current"), ("Reed", "Registrar", "Kestrel", "current")],
        ),
        (
            "The delegation of {O:Kestrel} was composed of:\n- {P:Ada Quill}, Provost\n- {P:Tom Reed}, Registrar\n\nNo more.",
            [("Quill", "Provost", "Kestrel", "current"), ("Reed", "Registrar", "Kestrel", "current")],
        ),
        (
            "{P:Jo Pine} came. For {O:Kestrel}, Director {P:Ada Quill} and Treasurer {P:Tom Reed} put their names to it.",
            [("Quill", "Director", "Kestrel", "current"), ("Reed", "Treasurer", "Kestrel", "current")],
        ),
        (
            "The members of {O:Northwind} elected three Vice Presidents: {P:Ada Quill}, Dean of {O:Kestrel}; {P:Tom Reed}, of {O:Quay}; and {P:Jo Pine}, {O:Quay}.",
            [
                ("Pine", "Vice Presidents", "Northwind", "current"),
                ("Quill", "Vice Presidents", "Northwind", "current"),
                ("Reed", "Vice Presidents", "Northwind", "current"),
                ("Quill", "Dean", "Kestrel", "current"),
            ],
        ),
        (
            "{P:Ada Quill}, former Treasurer of {O:Kestrel} (2004-2008) and, from 2019, Rector of {O:Northwind}.",
            [("Quill", "Treasurer", "Kestrel", "former"), ("Quill", "Rector", "Northwind", "current")],
        ),
        ("It was opened by Lt. Gen. {P:Ada Quill}.", [("Quill", "Lt. Gen.", None, "current")]),
        (
            "With them was {P:Ada Quill}, until now Registrar of {O:Kestrel}.",
            [("Quill", "Registrar", "Kestrel", "former")],
        ),
        (
            "Director {P:Ada Quill} ({O:Kestrel}) and {P:Tom Reed}, Coordinator for Port Relations, signed.",
            [
                ("Quill", "Director", "Kestrel", "current"),
                ("Reed", "Coordinator for Port Relations", "Northwind", "current"),
            ],
        ),
        (
            "with {P:Ada Quill}, Regional Manager, KWQD Norvik; and others",
            [("Quill", "Regional Manager", None, "current")],
        ),
    ],
)
def test_who_is_what_and_where(nlp, marked, expected):
    assert find(nlp, marked, issuer="Northwind") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "{P:Ada Quill} met the president of {O:Northwind}.",
        "{P:Ada Quill}, 58, of Port Alder, was charged.",
        "{P:Ada Quill} reports to the chief executive of {O:Northwind}.",
        "said {P:Ada Quill}. The chair was empty.",
        "{P:ADA QUILL}, COOPERATION AT SEA",
        "with {P:Ada Quill} (Official Sparkling Partner of {O:Kestrel})",
        "said {P:Ada Quill}, {T:lead author} of the study.",
        "{P:Ada Quill} was present as {T:chief guest} there.",
        "{P:Ada Quill}, who represented the Governor, came.",
        "{P:Ada Quill} bought the store. {O:Kestrel} served as legal counsel to {O:Northwind}.",
        "{P:Ada Quill} bought the store. {O:Kestrel} is serving as financial advisor to {O:Northwind}.",
    ],
)
def test_nobody_is_given_a_title_that_is_not_theirs(nlp, marked):
    assert find(nlp, marked, issuer="Northwind") == []


CROWD = (
    "Guests of {O:Kestrel} met {O:Tarn Mill}, {O:Pine Bank}, {O:Harrow Mill} and {O:Norvik Port}.\n\n"
    "Treasurer {P:Ada Quill} came.\n\n{O:Northwind} told of it."
)


@pytest.mark.parametrize(
    ("marked", "body"),
    [
        ("{O:Northwind} grows.\n\nDirector {P:Ada Quill} came.", "Northwind"),
        (CROWD, None),
        (CROWD + "\n\n{P:Ada Quill} is treasurer of {O:Kestrel}.", "Kestrel"),
    ],
)
def test_a_body_that_context_gives_has_to_be_likely(nlp, marked, body):
    assert [role[2] for role in find(nlp, marked, issuer="Northwind")] == [body]


def test_a_body_that_one_context_gives_serves_where_another_gives_none(nlp):
    marked = f"{CROWD}\n\n{{O:Kestrel}} has grown. {{O:Kestrel}}, said its treasurer {{P:Ada Quill}}, was small."
    assert [role[2] for role in find(nlp, marked, issuer="Northwind")] == ["Kestrel"]


def test_a_role_told_with_its_body_is_not_given_twice(nlp):
    marked = "Treasurer: {P:Ada Quill}\n\n{P:Ada Quill} will serve as Treasurer of {O:Kestrel}."
    assert find(nlp, marked, issuer="Northwind") == [("Quill", "Treasurer", "Kestrel", "current")]


def test_founders_and_founder_are_one_role(nlp):
    marked = "The founders, {P:Ada Quill} and {P:Tom Reed}, spoke. {P:Ada Quill}, founder, laughed."
    assert [role[:2] for role in find(nlp, marked, issuer="Northwind")] == [("Quill", "founders"), ("Reed", "founders")]


def test_a_profession_begins_where_the_model_has_it_begin(nlp):
    marked = "{P:Ada Quill}, a {T:graphic artist} at {O:Kestrel}, said so."
    assert [role[1:3] for role in find(nlp, marked, issuer="Northwind")] == [("graphic artist", "Kestrel")]


def test_a_title_begins_where_the_model_has_it_begin_behind_a_name(nlp):
    marked = "said {P:Ada Quill}, {T:Quay Staging Specialist}. Yes."
    assert [role[1] for role in find(nlp, marked, issuer="Northwind")] == ["Quay Staging Specialist"]


def test_what_the_model_reads_as_the_body_is_no_part_of_a_title(nlp):
    doc = annotate_read(nlp, "Pine grows.\n\n{P:Ada Quill}, {T:Mayor} of {O:Pine Valley Municipality|0.2}, came.")
    for name in ("pressx_people", "pressx_organizations", "pressx_skeleton", "pressx_positions"):
        doc = nlp.get_pipe(name)(doc)
    assert [span.text for span in doc.spans["positions"]] == ["Mayor"]


WRITE_UP = """{headline}

Its CEO {{P:Ada Quill}} left.

{{O:Kestrel}} built a quay. {{O:Kestrel}} grew.

Nobody came to the quay in May.

{{O:Tarn}} made a crane. {{O:Tarn}} sold it. {{O:Tarn}} was glad. {{O:Tarn}} left.

It rained in June.

It snowed in January.

The harbour was closed.

The harbour was opened again.

Tom Roe ate fish.

About the wire

It sends news.
"""


@pytest.mark.parametrize(
    ("headline", "body"),
    [("{O:Kestrel} Builds Quay", "Kestrel"), ("News of the Day", None)],
)
def test_the_body_of_a_story_is_in_its_headline_or_in_many_of_its_paragraphs(nlp, headline, body):
    found = find(nlp, WRITE_UP.format(headline=headline), issuer="Harrow Wire")
    assert found == [("Quill", "CEO", body, "current")]
