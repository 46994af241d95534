"""Which language model reads texts for meaning: the same in all processes, by the settings.

Only the worker reads. Who serves pages needs the name of the encoder, to know which vectors are
its own; without an encoder words alone rank.
"""

import logging
from pathlib import Path

from marketplace.config import NO_ENCODER, USUAL_ENCODER
from marketplace.core.engine import Database
from marketplace.core.errors import NotReady
from matching.semantic.encoder import E5Encoder, Encoder, EncoderMissing
from matching.semantic.onnx_encoder import OnnxEncoder

ENCODER = "encoder"

log = logging.getLogger(__name__)


def encoder_named(name: str, threads: int = 1) -> Encoder | None:
    """The encoder that a setting names; its model is loaded when the first text comes."""
    if name == NO_ENCODER:
        return None
    try:
        return E5Encoder(threads) if name == USUAL_ENCODER else OnnxEncoder(Path(name), threads)
    except EncoderMissing as error:
        if name != USUAL_ENCODER:
            raise NotReady(f"ENCODER: {error}") from error
        log.info("no language model is installed: words alone rank")
        return None


def use_encoder(database: Database, encoder: Encoder | None) -> None:
    """Before anything is ranked in this process."""
    database.local[ENCODER] = encoder


def encoder_of(database: Database) -> Encoder | None:
    found: Encoder | None = database.local.get(ENCODER)
    return found
