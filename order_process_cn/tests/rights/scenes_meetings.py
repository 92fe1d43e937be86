from odoo import Command

from .scenes_common import Scene


class MeetingScenes:
    """What is done about minutes and improvements."""

    def _meeting(self, is_sent=True):
        chair = self.staff["meeting_chair"]
        meeting = (
            self.env["order.meeting"]
            .with_user(chair)
            .create(
                {
                    "kind": "process",
                    "date_from": "2030-01-01",
                    "date_to": "2030-03-31",
                    "date": "2020-04-01",
                    "process": "Slow",
                    "participant_ids": [Command.create({"user_id": chair.id})],
                    "improvement_ids": [
                        Command.create(
                            {
                                "name": "Faster",
                                "owner_id": chair.id,
                                "due_on": "2030-05-01",
                                "what_became": "A second signer",
                            }
                        )
                    ],
                }
            )
        )
        if is_sent:
            meeting.action_send_minutes()
        return chair, meeting

    def scene_order_meeting__action_send_minutes(self):
        return Scene(*self._meeting(is_sent=False))

    def scene_order_meeting__action_take_back(self):
        return Scene(*self._meeting())

    def scene_order_meeting__action_confirm_minutes(self):
        return Scene(*self._meeting())

    def scene_order_meeting__action_close(self):
        return Scene(*self._meeting())

    def scene_order_meeting_improvement__action_done(self):
        chair, meeting = self._meeting()
        return Scene(chair, meeting.improvement_ids)

    def scene_order_meeting_improvement__action_drop(self):
        chair, meeting = self._meeting()
        return Scene(chair, meeting.improvement_ids)
