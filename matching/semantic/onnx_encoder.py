"""A sentence encoder from a folder: an ONNX model and its tokenizer, as model hubs lay them out.

The folder holds `tokenizer.json` and `model.onnx` (or `onnx/model.onnx`). What the library
sentence-transformers writes beside them is heeded: `1_Pooling/config.json` tells how the vectors of
tokens become one (by their mean where nothing is told), `sentence_bert_config.json` how many tokens
are read, `config_sentence_transformers.json` what stands before a text, its prompt named `query`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import xxhash

from matching.semantic.encoder import EncoderMissing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

INSTALL = "pip install 'behovstorget[onnx]'"
TOKENIZER, MODELS = "tokenizer.json", ("model.onnx", "onnx/model.onnx")
POOLING = "1_Pooling/config.json"
LENGTH = "sentence_bert_config.json"
PROMPTS = "config_sentence_transformers.json"
MOST_TOKENS = 512

Floats = npt.NDArray[np.float32]


class OnnxEncoder:
    """A model of a folder, read by onnxruntime on the processor.

    Parameters
    ----------
    folder
        See above.
    threads
        Threads to use. The model is loaded when the first text comes.

    Raises
    ------
    EncoderMissing
        When the folder lacks a file, or the packages that read it are not installed; when the first
        text comes, where a file cannot be read.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads
        self._lock = threading.Lock()
        self._model_file = _model_file(folder)
        if not (find_spec("onnxruntime") and find_spec("tokenizers")):
            raise EncoderMissing(f"{folder} needs the packages that read such models: {INSTALL}")
        self.version = f"onnx {folder.name[:100]} {self._fingerprint()}"

    def __reduce__(self) -> tuple[type[OnnxEncoder], tuple[Path, int]]:
        """Pickle how it was made: the model is loaded anew."""
        return OnnxEncoder, (self._folder, self._threads)

    def _fingerprint(self) -> str:
        """Return what is another for another model, also under the same name."""
        beside = (self._folder / name for name in (TOKENIZER, POOLING, LENGTH, PROMPTS))
        weights = sorted(self._model_file.parent.glob(f"{self._model_file.name}*"))
        found = xxhash.xxh3_128()
        for path in (*weights, *(path for path in beside if path.exists())):
            found.update(f"{path.relative_to(self._folder)}\n".encode())
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    found.update(part)
        return found.hexdigest()

    @cached_property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self.encode(["a"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 for each text, shape (texts, dimensions).

        Texts are read one by one: beside others the last digits could be different.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:
            return np.array([self._encoded(text) for text in texts], dtype=np.float32)

    def _encoded(self, text: str) -> Floats:
        vector = self._read(text)
        length = np.linalg.norm(vector)
        found: Floats = np.divide(vector, length, out=np.zeros_like(vector), where=length > 0)
        return found

    def _read(self, text: str) -> Floats:
        whole = (self._prompt + text).encode("utf-8", "replace").decode()
        tokens = self._tokenizer.encode(whole)
        mask = np.array([tokens.attention_mask], dtype=np.int64)
        known = {
            "input_ids": np.array([tokens.ids], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([tokens.type_ids], dtype=np.int64),
        }
        asked = {each.name: known[each.name] for each in self._model.get_inputs()}
        output = np.asarray(self._model.run(None, asked)[self._output], dtype=np.float32)
        found: Floats = self._pooled(output[0], mask[0]) if output.ndim == 3 else output[0]
        return found

    def _pooled(self, vectors: Floats, mask: npt.NDArray[np.int64]) -> Floats:
        if not mask.any():
            return np.zeros(vectors.shape[1], dtype=np.float32)
        by_first = bool(self._settings(POOLING).get("pooling_mode_cls_token"))
        found: Floats = vectors[0] if by_first else vectors[mask > 0].mean(axis=0)
        return found

    @cached_property
    def _output(self) -> int:
        """Which output is taken: that of whole texts where there is one, else the first."""
        names = [each.name for each in self._model.get_outputs()]
        return names.index("sentence_embedding") if "sentence_embedding" in names else 0

    @cached_property
    def _prompt(self) -> str:
        return str(self._settings(PROMPTS).get("prompts", {}).get("query", ""))

    def _settings(self, name: str) -> dict[str, Any]:
        path = self._folder / name
        found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return found

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer  # noqa: PLC0415 - an optional extra

        with _readable(self._folder / TOKENIZER):
            found = Tokenizer.from_file(str(self._folder / TOKENIZER))
        found.no_padding()
        found.enable_truncation(int(self._settings(LENGTH).get("max_seq_length") or MOST_TOKENS))
        return found

    @cached_property
    def _model(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - an optional extra

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        with _readable(self._model_file):
            return InferenceSession(
                self._model_file, sess_options=options, providers=["CPUExecutionProvider"]
            )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What the readers of such files raise has no class of its own."""
    try:
        yield
    except Exception as error:
        raise EncoderMissing(f"{path} cannot be read: {error}") from error


def _model_file(folder: Path) -> Path:
    found = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    if found is None or not (folder / TOKENIZER).is_file():
        raise EncoderMissing(f"{folder} must hold {TOKENIZER} and {' or '.join(MODELS)}")
    return found
