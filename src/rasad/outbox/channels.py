"""Which systems there are, how a message is put into their words, and who sends it. Apps above register theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rasad.outbox.models import Message

# There is nothing to say any more: what the message was about has ended or was told since.
NOTHING_TO_SAY = None
BATCH = 100


@dataclass(frozen=True)
class Answer:
    """What a system said of one message: accepted, already (it knew), or refused with a code."""

    outcome: str
    code: str = ""
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_refusal(self) -> bool:
        """Whether sending it again would change nothing."""
        return self.outcome == "refused"


# Messages in; what to send of each by its primary key, or NOTHING_TO_SAY.
Render = Callable[[Sequence[Message]], Mapping[int, object | None]]
# What was rendered and the seconds it may take in; an answer each. Raises OutsideError when the system fails: then
# all of it waits. What has no answer in an answer that came is sent again, some times.
Send = Callable[[Sequence[tuple[Message, object]], float], Mapping[int, Answer]]
# What the sender does with accepted answers, in the transaction that marks them sent.
After = Callable[[Sequence[tuple[Message, Answer]]], None]


@dataclass(frozen=True)
class Channel:
    """One way out."""

    system: str
    render: Render
    send: Send
    after: After | None = None
    batch: int = BATCH


CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Open a way out; one registered later takes the place of one before."""
    CHANNELS[channel.system] = channel
