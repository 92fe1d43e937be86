from odoo import api, models
from odoo.tools import split_every
from odoo.tools.image import image_data_uri

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table
from ...tools.paper_layout import count_lines, paginate

# pixels of the style sheet on a millimetre of paper
MM = 100 / 27
# an unpatched renderer prints everything smaller, and would leave sheets half empty
UNPATCHED_ZOOM = 4 / 3
SIZES = {"A4": (210, 297), "A5": (148, 210), "Letter": (216, 279)}
# frame, head and foot of a sheet, see report_paper_sheet: with a name and a title of
# one line each; what is longer takes more
FRAME, TITLE_LINE, TITLE_SHARE = 150, 32, 0.52
# a sheet below this many millimetres holds little: frame and boxes are smaller on it
LOW, LOW_FRAME = 145, 104
# beside the title of what is urgent; between two blocks
STAMP, GAP = 90, 6
BOXES_BESIDE = 5


class OrderPaper(models.AbstractModel):
    """How one paper is drawn: what stands on it, in whose language, on which sheets.

    A paper is an abstract model of its own (``order.paper.f01``) that inherits this
    one, names its form and returns its blocks. Everything else follows: frame, numbers,
    copies, pages, language, clock. Rendered when it is printed, never inside a business
    transaction. [FRM-1]
    """

    _name = "order.paper"
    _description = "Printed Paper"

    # the code of its order.form
    _code = ""
    # a paper for the customer is written in his language, others in the company's
    _for_customer = False
    # a file of it is closed to those to whom sale prices are
    _has_prices = False

    @api.model
    def _draw(self, records):
        """Return the sheets of these records, for the template ``report_paper``.

        :raise AccessError: the reader may not see what stands on this paper
        """
        # much of it is read as superuser: whoever may read the document reads its paper
        records.check_access("read")
        self._check_may_print(records)
        return [
            sheet for group in self._group(records) for sheet in self._draw_one(group)
        ]

    @api.model
    def _draw_one(self, doc):
        """Return the sheets of one document: every copy, page by page."""
        doc = doc.with_context(lang=self._get_lang(doc), tz=self._get_timezone(doc))
        paper = self.with_env(doc.env)
        form = paper._get_form(doc)
        pages = paper._lay_out(paper._get_blocks(doc), form)
        return [
            {
                "form": form,
                "copy": copy,
                "lang": doc.env.lang,
                "blocks": blocks,
                "zoom": 1 if _wkhtml().is_patched_qt else UNPATCHED_ZOOM,
                "is_low": self._is_low(form["format"]),
                "page": number,
                "pages": len(pages),
            }
            for copy in form["copies"]
            for number, blocks in enumerate(pages, start=1)
        ]

    @api.model
    def _lay_out(self, blocks, form):
        """Return ``[[part of a block, …], …]`` for the sheets of this paper."""
        width, room = self._get_room(form["format"])
        room -= TITLE_LINE * self._count_title_lines(form, width)
        units = []
        for number, block in enumerate(blocks):
            if block.follows and units:
                units[-1] = units[-1]._replace(stays=True)
            own = block.get_units(number, width)
            own[:1] = [unit._replace(height=unit.height + GAP) for unit in own[:1]]
            units += own
        sheets = []
        for sheet in paginate(units, room):
            rows = {}
            for unit in sheet:
                rows.setdefault(unit.block, []).append(unit.row)
            sheets.append([blocks[number].take(at) for number, at in rows.items()])
        return sheets

    @api.model
    def _count_title_lines(self, form, width):
        """Return how many lines the head of a sheet has more than usual."""
        room = width * TITLE_SHARE
        stamp = STAMP if form["urgent"] else 0
        # larger than other text, see order_form.scss: 22 px and spaced, and 15 px
        texts = {
            form["title"]: (room - stamp) / 2,
            form["company"].name: room * 13 / 15,
        }
        return sum(count_lines(text, limit) - 1 for text, limit in texts.items())

    @api.model
    def _get_room(self, paperformat):
        """Return width and height of what a sheet of this paper holds, in pixels."""
        wide, tall = self._get_size(paperformat)
        frame = LOW_FRAME if self._is_low(paperformat) else FRAME
        wide -= paperformat.margin_left + paperformat.margin_right
        tall -= paperformat.margin_top + paperformat.margin_bottom
        return wide * MM - 14, tall * MM - frame

    @api.model
    def _get_size(self, paperformat):
        """Return width and height of a sheet in millimetres."""
        wide, tall = SIZES.get(paperformat.format) or (
            paperformat.page_width,
            paperformat.page_height,
        )
        landscape = paperformat.orientation == "Landscape"
        return (tall, wide) if landscape else (wide, tall)

    @api.model
    def _is_low(self, paperformat):
        """Whether a sheet of this paper is so low that its frame has to be small."""
        return self._get_size(paperformat)[1] < LOW

    @api.model
    def _get_lang(self, doc):
        """Return the language of this paper: the customer's where it goes to him and he
        has one that is installed, else the company's."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = [
            self._for_customer and self._get_customer(doc).lang,
            # what a company prints is no secret
            self._get_company(doc).sudo().partner_id.lang,
            self.env.lang,
        ]
        return next((code for code in wanted if code in installed), "en_US")

    @api.model
    def _get_timezone(self, doc):
        """Return the clock by which days and hours are printed: the company's, whoever
        prints and wherever he is."""
        return self._get_company(doc)._order_timezone().zone

    # -- pieces that several papers have ----------------------------------------------

    @api.model
    def _get_countersign(self, seats):
        """Return the boxes of the seats of a review, a few side by side."""
        boxes = [
            (
                seat["seat"],
                Cell(
                    [seat["signer"], seat["decision"], seat["time"]],
                    picture=self._picture(seat["drawing"]),
                ),
            )
            for seat in seats
        ]
        return [Boxes(list(some)) for some in split_every(BOXES_BESIDE, boxes)]

    @api.model
    def _get_box(self, seat, signer="", decision="", time=""):
        """Return a seat for :meth:`_get_countersign` that belongs to no review: where
        somebody signs by hand, or what he did."""
        return {
            "seat": seat,
            "signer": signer or "",
            "decision": decision,
            "time": time,
            "drawing": False,
        }

    @api.model
    def _picture(self, content):
        """Return a picture as an address that needs no request, or nothing."""
        return image_data_uri(content) if content else ""

    @api.model
    def _spell_answer(self, item):
        """Return question, answer and note of one answer of a signer."""
        text = f"{item['question']}: {item['answer']}"
        return f"{text} ({item['note']})" if item["note"] else text

    @api.model
    def _get_balance(self, doc, rows, capitals):
        """Return the table of what leads to a balance, which comes last.

        :param rows: ``[(label, amount), …]``
        :param capitals: the last amount in capitals, or nothing
        """
        lines = [
            Row([Cell([label], bold=last), Cell([amount], bold=last)])
            for label, amount, last in (
                (label, doc._format_money(amount), at == len(rows))
                for at, (label, amount) in enumerate(rows, start=1)
            )
        ]
        if capitals:
            label = self.env._("In Capitals")
            lines.append(Row([Cell([label], bold=True), Cell([capitals], bold=True)]))
        return Table([Column("", 58), Column("", 42, "end")], lines)

    @api.model
    def _get_measures(self, rows):
        """Return the table of overtime, shifts and outsourcing, if there are any."""
        if not rows:
            return []
        columns = {
            "kind": Column(self.env._("Measure"), 14),
            "production": Column(self.env._("Production Order"), 17),
            "days": Column(self.env._("Days"), 18),
            "hours": Column(self.env._("Hours"), 8, "end"),
            "user": Column(self.env._("Responsible"), 13),
            "remark": Column(self.env._("Remarks"), 30),
        }
        return [
            Table(
                list(columns.values()),
                [[row[name] for name in columns] for row in rows],
            )
        ]

    # -- hooks -------------------------------------------------------------------------

    @api.model
    def _get_blocks(self, doc):
        """Return what stands on the paper, a list of ``tools.paper_blocks``: of a
        document under review what it is about, line by line, and who signed."""
        document = doc.sudo()  # whoever may print it reads all of it
        lines = enumerate(document._get_review_lines(), start=1)
        columns = [Column(self.env._("Item"), 6, "center")]
        columns.append(Column(self.env._("Contents"), 94))
        return [
            Facts(document._get_review_head()),
            Table(columns, [[number, line] for number, line in lines]),
            *self._get_countersign(doc._get_form_seats()),
        ]

    @api.model
    def _check_may_print(self, records):
        """Raise if the reader may not see what this paper shows: whoever reads its
        documents does, unless a paper says otherwise."""
        records.check_access("read")

    @api.model
    def _group(self, records):
        """Return the documents, each of one or several records, that are papers of
        their own."""
        return list(records)

    @api.model
    def _get_form(self, doc):
        """Return what frame, head and foot show."""
        return doc[:1]._get_form(self._code)

    @api.model
    def _get_company(self, doc):
        return doc[:1]._get_form_company()

    @api.model
    def _get_customer(self, doc):
        """Return the contact who reads a paper for the customer."""
        return doc[:1].partner_id
