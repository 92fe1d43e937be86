"""Who may read, write, create and unlink what: one line a model.

The roles are strangers to the record: what somebody may with his own is not said here.
Models that the engine writes are written by nobody.
"""

from .public_methods import COLLEAGUES, MOVES_GOODS, READS_REVIEWS, TAKES

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}

# configuration: everybody reads it, administrators of the process change it
CONFIGURATION = {"r": COLLEAGUES, "wcu": {"manager"}}
# a question that is open belongs to whoever was asked
QUESTION = {}
DECIDES_MONEY = {"accountant", "finance", "sales manager"}
ISSUES = {"release", "sales manager", "salesman"}
PROPOSES = TAKES | {"reallocation"}
SEES_ALL = {"auditor", "manager"}
READS_CHANGES = SEES_ALL | {"sales manager", "engineering"}
WORKSHOP = {"mrp user", "mrp manager"}
DRAWS = WORKSHOP | {"engineering"}
READS_DRAWINGS = DRAWS | SEES_ALL | {"inspector"}
# whoever delivers, and whoever hands in what came back; a salesperson those of his own
# orders
RECEIPT = {"r": {*MOVES_GOODS} | SEES_ALL | {"sales manager", "registrar"}}
# a salesperson those of his own orders; the warehouse notes what it keeps and packs
SHEETS = {"sales manager", "auditor", "manager"}
READS_DEMAND = SEES_ALL | WORKSHOP | {"sales manager"}
PROJECTS = {"sales manager", "mrp manager", "auditor", "manager"}
# sales plans together what is shipped
PLANS = {"salesman", "sales manager"}

MODELS = {
    "order.accessory": {
        "r": SHEETS | MOVES_GOODS,
        "w": {"sales manager"} | MOVES_GOODS,
        "cu": {"sales manager"},
    },
    "order.archive.entry": {
        "r": SEES_ALL | {"sales manager", "accountant", "reopen"},
    },
    "order.archive.item": CONFIGURATION,
    "order.archive.wizard": QUESTION,
    "order.bot": {"r": {"manager", "settings"}, "wcu": {"settings"}},
    "order.bot.message": {"r": {"settings"}},
    "order.calendar.exception": CONFIGURATION,
    "order.calendar.fill.wizard": QUESTION,
    "order.calendar.year": CONFIGURATION,
    "order.capacity.check": {"r": WORKSHOP | SEES_ALL | {"sales manager"}},
    "order.capacity.reason": CONFIGURATION,
    "order.capacity.wizard": QUESTION,
    "order.carrier.choice": QUESTION,
    "order.carrier.choice.line": QUESTION,
    "order.carrier.transit": CONFIGURATION,
    # those who say when R&D will have finished write that, and nothing else
    "order.change.effect": {"r": READS_CHANGES},
    "order.change.line": {"r": READS_CHANGES, "wcu": {"sales manager"}},
    "order.change.reason": CONFIGURATION,
    "order.change.request": {
        "r": READS_CHANGES,
        "w": {"sales manager", "engineering"},
    },
    "order.channel": CONFIGURATION,
    "order.configuration.row": {
        "r": SHEETS | MOVES_GOODS,
        "wcu": {"sales manager"},
    },
    "order.customer.class": CONFIGURATION,
    "order.delay.cause": CONFIGURATION,
    "order.delay.report": {
        "r": SEES_ALL | {"sales manager", "mrp user", "mrp manager"},
        "wcu": {"mrp user", "mrp manager"},
    },
    "order.delegation": {"rwcu": {"manager"}},
    # handed in, sales reads it as well: test_daily_report
    "order.daily.report": {"r": WORKSHOP | SEES_ALL, "wcu": WORKSHOP},
    "order.daily.report.line": {"r": WORKSHOP | SEES_ALL, "w": WORKSHOP},
    # a salesperson changes those of his own orders, whoever sees all orders all
    "order.delivery.part": {
        "r": {"sales manager", "auditor", "manager"} | MOVES_GOODS,
        "wcu": {"sales manager"},
    },
    "order.department.right": CONFIGURATION,
    "order.delivery.report": {
        "r": {"sales manager", "auditor", "manager"} | MOVES_GOODS
    },
    "order.delivery.receipt": RECEIPT,
    # a colleague reads what he follows himself
    "order.followed": {"r": SEES_ALL | {"sales manager"}},
    "order.delivery.receipt.line": RECEIPT,
    "order.day.line": QUESTION,
    "order.delivery.receipt.wizard": QUESTION,
    "order.delivery.receipt.wizard.line": QUESTION,
    "order.department": CONFIGURATION,
    "order.deposit.report": {"r": SEES_ALL | {"sales manager"}},
    "order.deposit.rule": CONFIGURATION,
    "order.drawing.handover": {"r": READS_DRAWINGS},
    "order.drawing.recipient": CONFIGURATION,
    # a salesperson reads those of his own orders
    "order.demand.cap": {
        "r": COLLEAGUES,
        "wcu": {"manager", "sales manager"},
    },
    "order.demand.cycle": CONFIGURATION,
    # a region's own people plan it, and the sales office; nobody deletes a plan
    "order.demand.line": {"r": READS_DEMAND, "wcu": {"sales manager"}},
    "order.demand.plan": {"r": READS_DEMAND, "wc": {"sales manager"}},
    "order.demand.report": {"r": READS_DEMAND},
    "order.drawing.set": {"r": READS_DRAWINGS, "wc": DRAWS},
    "order.drawing.sheet": {"r": READS_DRAWINGS, "wcu": DRAWS},
    "order.edit.reason": {"r": SEES_ALL | {"sales manager"}},
    "order.edit.rule": CONFIGURATION,
    "order.entry.rule": CONFIGURATION,
    "order.event": {"r": SEES_ALL},
    "order.fact.group": {"r": COLLEAGUES},
    "order.forfeiture": {"r": DECIDES_MONEY | SEES_ALL, "w": DECIDES_MONEY},
    "order.forfeiture.tier": CONFIGURATION,
    "order.form": {"r": COLLEAGUES, "w": {"manager"}},
    "order.form.copy": CONFIGURATION,
    "order.form.issue": {"r": COLLEAGUES},
    "order.form.print": {"r": {"manager"}},
    "order.inspection": {
        "r": MOVES_GOODS | SEES_ALL | {"inspector"},
        "w": {"inspector"},
    },
    "order.inspection.item": CONFIGURATION,
    "order.inspection.line": {
        "r": MOVES_GOODS | SEES_ALL | {"inspector"},
        "w": {"inspector"},
    },
    "order.inspection.point": CONFIGURATION,
    "order.issue.batch": {"r": ISSUES},
    "order.issue.line": {"r": ISSUES},
    "order.issue.window": CONFIGURATION,
    "order.hint": {"r": SEES_ALL | {"sales manager"}},
    "order.hint.rule": CONFIGURATION,
    "order.ledger.entry": {"r": SEES_ALL | {"ledger"}, "w": {"ledger"}},
    "order.ledger.rule": CONFIGURATION,
    "order.ledger.sheet": {"r": SEES_ALL | {"ledger"}},
    "order.ledger.sheet.line": {"r": SEES_ALL | {"ledger"}},
    # one's own, and the head of the department: test_scores
    "order.score.finding": {"r": SEES_ALL | {"ledger"}, "wc": {"ledger"}},
    "order.score.line": {"r": SEES_ALL | {"ledger"}, "w": {"ledger"}},
    "order.score.role": CONFIGURATION,
    "order.score.sheet": {"r": SEES_ALL | {"ledger"}, "w": {"ledger"}},
    "order.score.standard": CONFIGURATION,
    "order.measure": {"r": COLLEAGUES, "wcu": {"mrp user", "mrp manager"}},
    # whoever is concerned reads it, whoever chairs it writes it: test_meetings
    "order.meeting": {"r": SEES_ALL | {"sales manager", "mrp manager"}},
    "order.meeting.improvement": {"r": SEES_ALL | {"sales manager", "mrp manager"}},
    "order.meeting.participant": {"r": SEES_ALL | {"sales manager", "mrp manager"}},
    "order.packing.check": {"r": DECIDES_MONEY | SEES_ALL | MOVES_GOODS},
    "order.packing.check.line": {"r": DECIDES_MONEY | SEES_ALL | MOVES_GOODS},
    "order.packing.wizard": QUESTION,
    "order.packing.wizard.line": QUESTION,
    "order.payment.allocation": {"rwcu": {"accountant"}},
    "order.payment.plan": CONFIGURATION,
    "order.payment.plan.line": CONFIGURATION,
    "order.payment.step": {"r": DECIDES_MONEY | SEES_ALL},
    "order.people.change": {"r": SEES_ALL},
    # made by the workshop; whoever gets a copy reads it: test_production_plan
    "order.production.plan": {
        "r": MOVES_GOODS | SEES_ALL | {"inspector"},
        "wcu": WORKSHOP,
    },
    "order.production.plan.line": {
        "r": MOVES_GOODS | SEES_ALL | {"inspector"},
        "wcu": WORKSHOP,
    },
    # what somebody asked for himself he reads: those who buy have no role here
    "order.project.pattern": CONFIGURATION,
    # whoever is concerned reads it; who plans, and who says how it goes: test_projects
    "order.project.completion": {"rw": PROJECTS},
    "order.project.evaluation": {"rw": PROJECTS},
    "order.project.plan": {"rw": PROJECTS},
    "order.project.step": {"rwcu": PROJECTS},
    "order.purchase.request": {"r": WORKSHOP | SEES_ALL, "wc": WORKSHOP},
    "order.purchase.request.line": {"r": WORKSHOP | SEES_ALL, "wcu": WORKSHOP},
    "order.reallocation": {"r": PROPOSES | SEES_ALL, "w": PROPOSES},
    "order.reallocation.line": {"r": PROPOSES | SEES_ALL, "w": PROPOSES},
    "order.receipt.notice": {"r": MOVES_GOODS | SEES_ALL | {"inspector"}},
    "order.recheck": {"r": {"manager", "settings"}},
    "order.review": {"r": READS_REVIEWS},
    "order.review.anchor": {"r": SEES_ALL},
    # begun and ended by acts, found by the worker
    "order.observation": {"r": SEES_ALL},
    "order.observation.finding": {"r": SEES_ALL},
    "order.procedure": {"r": COLLEAGUES},
    "order.import.wizard": QUESTION,
    "order.import.wizard.line": QUESTION,
    "order.procedure.file": QUESTION,
    "order.procedure.file.line": QUESTION,
    "order.procedure.part": {"r": COLLEAGUES},
    # opened with what it shows, and never saved
    "order.procedure.slip": {"rwcu": {"manager"}},
    "order.procedure.switch": QUESTION,
    "order.procedure.switch.claim": QUESTION,
    "order.procedure.switch.gap": QUESTION,
    "order.procedure.switch.part": QUESTION,
    "order.procedure.switch.seat": QUESTION,
    "order.procedure.trial": QUESTION,
    "order.procedure.trial.line": QUESTION,
    "order.review.hand.wizard": QUESTION,
    "order.review.leaver.wizard": QUESTION,
    "order.review.question": CONFIGURATION,
    "order.review.reason.wizard": QUESTION,
    "order.review.register.wizard": QUESTION,
    "order.review.route": CONFIGURATION,
    "order.review.seat": CONFIGURATION,
    "order.review.sign.wizard": QUESTION,
    "order.review.sign.wizard.answer": QUESTION,
    "order.review.signature": {"r": SEES_ALL | {"sales manager"}},
    "order.review.stage": CONFIGURATION,
    "order.review.submit.wizard": QUESTION,
    "order.review.submit.wizard.line": QUESTION,
    "order.review.task": {"r": READS_REVIEWS},
    "order.sampling.plan": CONFIGURATION,
    "order.sampling.row": CONFIGURATION,
    "order.sample": {
        "r": SHEETS | MOVES_GOODS,
        "w": {"sales manager"} | MOVES_GOODS,
        "cu": {"sales manager"},
    },
    "order.service.case": {
        "r": DECIDES_MONEY | MOVES_GOODS | SEES_ALL | {"inspector"},
        "w": {"sales manager"},
    },
    "order.service.case.line": {
        "r": DECIDES_MONEY | MOVES_GOODS | SEES_ALL | {"inspector"},
        "w": {"sales manager"},
    },
    "order.service.reason": CONFIGURATION,
    "order.process.report": {"r": SEES_ALL | {"sales manager"}},
    "order.seat.report": {"r": SEES_ALL | {"sales manager"}},
    "order.settlement.statement.wizard": QUESTION,
    "order.settlement.wizard": QUESTION,
    "order.signer.list": {"r": {"manager"}},
    "order.shipping.emergency.wizard": QUESTION,
    "order.shipping.batch": {"r": MOVES_GOODS | SEES_ALL},
    "order.shipping.batch.line": {"r": MOVES_GOODS | SEES_ALL},
    "order.shift": {"r": COLLEAGUES, "wcu": {"manager", "mrp manager"}},
    "order.shift.roster": {"r": WORKSHOP | SEES_ALL, "wcu": WORKSHOP},
    "order.shipment.plan": {
        "r": PLANS | SEES_ALL | MOVES_GOODS,
        "wcu": PLANS,
    },
    "order.shipment.plan.line": {
        "r": PLANS | SEES_ALL | MOVES_GOODS,
        "wcu": PLANS,
    },
    "order.shipping.line": {
        "r": DECIDES_MONEY | SEES_ALL | MOVES_GOODS | {"emergency"},
        "w": DECIDES_MONEY | {"emergency"},
    },
    "order.shipping.release": {
        "r": DECIDES_MONEY | SEES_ALL | MOVES_GOODS | {"emergency"},
        "w": DECIDES_MONEY | {"emergency"},
    },
    "order.statement": {"r": READS_REVIEWS | {"release"}},
    "order.statement.wizard": QUESTION,
    "order.step.report": {"r": SEES_ALL | {"sales manager"}},
    "order.suspension": {"r": SEES_ALL | {"sales manager", "hold"}},
    "order.suspension.wizard": QUESTION,
    "order.time.limit": CONFIGURATION,
    "order.time.limit.recount": {"r": {"settings"}},
    "order.time.limit.run": {"r": SEES_ALL | {"sales manager"}},
    "order.type": CONFIGURATION,
    "order.type.rule": CONFIGURATION,
    "order.urgent.member": {"r": COLLEAGUES, "wcu": {"sales manager"}},
    "order.urgent.role": CONFIGURATION,
    "order.version": {"r": SEES_ALL | {"sales manager"}},
    "order.work.report": {"r": WORKSHOP | SEES_ALL},
    "order.work.wizard": QUESTION,
}
