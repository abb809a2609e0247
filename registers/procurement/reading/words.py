"""The words under which the files of procurement keep their columns."""

from collections.abc import Sequence
from typing import Final

# Best first; where headings tie, the field that stands first here takes the column.
SUPPLIER_NUMBERS: Final[dict[str, Sequence[str]]] = {
    "company_number": (
        "company number",
        "company no",
        "company registration number",
        "company reg no",
        "companies house number",
        "companies house no",
        "companies house",
        "company house",
        "registration number",
        "registered number",
        "company reg number",
        "company registration no",
        "registered company number",
        "crn",
    ),
    "charity_number": ("charity number", "charity no", "registered charity number"),
    "supplier_number": (
        "supplier number",
        "supplier no",
        "supplier id",
        "supplier ref",
        "supplier reference",
        "supplier code",
        "vendor number",
        "vendor no",
        "vendor id",
        "vendor code",
        "creditor number",
        "creditor id",
        "creditor code",
    ),
}

# Headings under which people say in their own words what was bought or agreed.
_IN_WORDS: Final = (
    "what it is", "what it was", "what it is for", "what it was for", "what for", "what is it",
    "what was it for", "particulars",
)  # fmt: skip

SPEND_FIELDS: Final[dict[str, Sequence[str]]] = {
    "paid_on": (
        "date of payment", "payment date", "date paid", "paid date", "cleared date", "posting date",
        "transaction date", "effective date", "pay date", "date", "paid on", "date of transaction",
        "invoice paid date", "invoice date", "gl date", "period end date",
    ),
    "amount": (
        "total invoice amount", "payment amount", "amount paid", "net amount", "amount net",
        "amount excluding vat", "amount ex vat", "amount exc vat", "amount", "transaction amount",
        "invoice amount", "line amount", "value", "net", "net value", "total", "total amount",
        "amount in sterling", "gbp", "gross amount", "amount gross", "gross", "spend", "sum",
    ),
    "supplier": (
        "supplier", "supplier name", "name of supplier", "vendor", "vendor name", "payee",
        "payee name", "name of payee", "beneficiary", "beneficiary name", "creditor",
        "creditor name", "merchant", "merchant name", "paid to", "recipient", "company name",
        "company", "organisation name", "organisation",
    ),
    **SUPPLIER_NUMBERS,
    "category": (
        "expenditure category", "expense type", "expenditure type", "category", "expense area",
        "spend category", "account description", "subjective description", "subjective",
        "proclass description", "cost centre description", "expense category", "service area",
        "account name", "gl description", "type of expenditure", "department",
    ),
    "description": (
        "description", "purpose", "purpose of spend", "purpose of expenditure", "narrative",
        "details", "summary of purpose", "item", "line description", "item description",
        "invoice description", "transaction description", *_IN_WORDS,
    ),
    "transaction": (
        "transaction number", "transaction no", "trans no", "tran no", "transaction id",
        "transaction reference", "transaction ref", "payment reference", "payment ref", "payment number", "payment no",
        "voucher number", "document number", "document no", "doc no", "unique reference",
        "internal reference", "our reference", "our ref", "reference", "ref",
    ),
    "line": (
        "line number", "line no", "transaction line", "distribution line", "distribution line number",
        "invoice line number", "line",
    ),
    "invoice": ("invoice number", "invoice no", "invoice reference", "invoice ref"),
    "place": ("supplier town", "town", "supplier postcode", "postcode", "post code"),
}  # fmt: skip

_CARD: Final[dict[str, Sequence[str]]] = {
    "card": (
        "card number", "card no", "account number", "account no", "last four digits",
        "last 4 digits", "card ending", "card last four", "card last 4", "pan", "card",
    ),
    "holder_number": (
        "collar number", "collar no", "employee number", "employee no", "payroll number",
        "payroll no", "staff number", "staff no", "holder number", "cardholder number",
        "cardholder id", "cardholder employee number", "warrant number", "officer number",
        "force number", "personnel number",
    ),
    "holder_name": (
        "cardholder", "cardholder name", "card holder", "card holder name", "holder", "holder name",
        "name of cardholder", "name of card holder", "employee name", "employee", "account name",
        "name on card", "officer", "name",
    ),
    "unit": ("department", "unit", "team", "division", "directorate", "business area", "section"),
}  # fmt: skip

# A plain 'Limit' is that of one purchase, or of a month where another column is of one purchase.
LIMITS: Final[dict[str, Sequence[str]]] = {
    "single_limit": (
        "single transaction limit", "transaction limit", "single limit", "single purchase limit",
        "limit per transaction", "per transaction limit", "limit of one purchase", "stl", "limit",
    ),
    "monthly_limit": (
        "monthly limit", "credit limit", "monthly credit limit", "monthly spend limit",
        "card limit", "cycle limit", "limit per month", "limit of a month", "month limit", "limit",
    ),
}  # fmt: skip

HOLDER_FIELDS: Final[dict[str, Sequence[str]]] = {
    **_CARD,
    **LIMITS,
    "opened_on": (
        "date issued", "issue date", "issued", "date opened", "opened", "open date", "start date",
        "card issued", "issued on", "date of issue",
    ),
    "closed_on": (
        "date closed", "closed", "close date", "date cancelled", "cancelled", "cancelled on",
        "date returned", "end date",
    ),
}  # fmt: skip

PURCHASE_FIELDS: Final[dict[str, Sequence[str]]] = {
    "bought_on": (
        "date of purchase", "purchase date", "transaction date", "date of transaction", "trans date",
        "tran date", "date", "posting date", "post date",
    ),
    "amount": (
        "transaction amount", "purchase amount", "billing amount", "net amount", "amount",
        "amount gbp", "total amount", "total", "value", "gross amount", "gross", "cost", "spend",
    ),
    "merchant": (
        "merchant", "merchant name", "supplier", "supplier name", "vendor", "vendor name",
        "retailer", "payee", "paid to", "purchased from",
    ),
    "category": (
        "merchant category", "merchant category description", "mcc description", "merchant type",
        "category", "expense type", "expense category", "expenditure type", "mcc",
        "merchant category code",
    ),
    "justification": (
        "justification", "business justification", "reason for purchase", "reason",
        "business reason", "business purpose", "purpose", "policing purpose",
        "reason for expenditure",
    ),
    "description": (
        "description", "transaction description", "details", "item", "items", "goods", "narrative",
        "goods or services", "item description", "what was bought", *_IN_WORDS,
    ),
    "transaction": (
        "transaction number", "transaction no", "transaction id", "transaction reference",
        "transaction ref", "trans ref", "trans no", "tran no", "reference number", "reference", "ref", "receipt number",
    ),
    "line": ("line number", "line no", "line"),
    **_CARD,
    **LIMITS,
}  # fmt: skip

CONTRACT_FIELDS: Final[dict[str, Sequence[str]]] = {
    "reference": (
        "contract reference", "contract ref", "contract number", "contract no", "contract id",
        "reference number", "reference no", "reference", "ref no", "ref", "agreement number",
    ),
    "title": (
        "contract title", "title", "contract name", "title of agreement", "agreement title",
        "name of contract", "contract", "project",
    ),
    "supplier": (
        "supplier name", "supplier", "suppliers", "supplier names", "contractor",
        "contractor name", "name of supplier", "awarded supplier", "awarded to", "provider",
        "vendor", "vendor name", "company name", "company",
    ),
    **SUPPLIER_NUMBERS,
    "starts_on": (
        "start date", "contract start date", "contract start", "commencement date", "start",
        "date of commencement", "starts",
    ),
    "ends_on": (
        "end date", "contract end date", "contract end", "expiry date", "expiry",
        "current end date", "end", "ends", "completion date",
    ),
    "awarded_on": ("award date", "awarded date", "date of award", "awarded", "date awarded"),
    "amount": (
        "contract value", "total contract value", "awarded value", "total value", "value",
        "value of contract", "contract value gbp", "whole life value", "lifetime value",
        "estimated contract value", "estimated value", "total cost", "amount", "annual value",
        "annual contract value",
    ),
    "currency": ("currency", "currency code"),
    "category": (
        "category", "contract category", "service category", "proclass", "cpv description",
        "spend category", "type of contract", "contract type", "goods services works",
    ),
    "description": (
        "description", "contract description", "description of goods or services", "details",
        "summary", "goods or services", *_IN_WORDS,
    ),
    "status": ("status", "contract status"),
    "buyer": (
        "buyer", "contracting authority", "contracting body", "customer", "organisation name",
        "department", "authority",
    ),
    "place": ("supplier town", "town", "supplier postcode", "postcode", "post code"),
}  # fmt: skip
