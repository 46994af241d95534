"""Another language model, from a folder: a tiny one that is made here."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers

from matching import Document, SemanticIndex
from matching.semantic import onnx_encoder
from matching.semantic.encoder import EncoderMissing
from matching.semantic.onnx_encoder import OnnxEncoder
from matching.semantic.vectors import VectorStore

WORDS = {"[UNK]": 0, "query:": 1, "ensom": 2, "alene": 3, "sykkel": 4}
VECTORS = np.array([[0.1, 0.1, 0.1], [0, 0, 1], [1, 0, 0], [1, 0.1, 0], [0, 1, 0]], dtype="f4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "tiny"
    found.mkdir()
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(found / "tokenizer.json"))
    write_model(found / "model.onnx")
    return found


def write_model(path: Path, vectors: np.ndarray = VECTORS) -> None:
    """A model that looks up the vector of each word."""
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "tokens"]),
        ],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", 3]
            )
        ],
        [onnx.numpy_helper.from_array(vectors, "table")],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), path)


def unit(*numbers: float) -> object:
    vector = np.array(numbers)
    return pytest.approx(vector / np.linalg.norm(vector), abs=1e-6)


def test_a_text_is_the_mean_of_its_tokens(folder: Path) -> None:
    found = OnnxEncoder(folder).encode(["ensom", "ensom sykkel"])
    assert found.dtype == np.float32
    assert list(found[0]) == unit(1, 0, 0)
    assert list(found[1]) == unit(1, 1, 0)


def test_a_text_does_not_depend_on_those_beside_it(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    whole = encoder.encode(["ensom", "", "sykkel alene ensom"])
    assert whole.shape == (3, encoder.dimensions)
    assert np.array_equal(encoder.encode(["ensom"])[0], whole[0])
    assert not whole[1].any()
    assert encoder.encode([]).shape == (0, 3)


@pytest.mark.parametrize(
    ("name", "settings", "text", "wanted"),
    [
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}, "ensom sykkel", (1, 0, 0)),
        ("sentence_bert_config.json", {"max_seq_length": 1}, "sykkel ensom", (0, 1, 0)),
        (
            "config_sentence_transformers.json",
            {"prompts": {"query": "query: "}},
            "ensom",
            (1, 0, 1),
        ),
    ],
)
def test_what_stands_beside_the_model_is_heeded(
    folder: Path, name: str, settings: object, text: str, wanted: tuple[float, ...]
) -> None:
    before = OnnxEncoder(folder).version
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(settings))
    encoder = OnnxEncoder(folder)
    assert list(encoder.encode([text])[0]) == unit(*wanted)
    assert encoder.version != before


def test_another_model_has_another_version(folder: Path) -> None:
    before = OnnxEncoder(folder).version
    assert OnnxEncoder(folder).version == before
    assert before.startswith("onnx tiny ")
    write_model(folder / "model.onnx", VECTORS[::-1].copy())
    assert OnnxEncoder(folder).version != before


def test_an_index_goes_by_it(folder: Path) -> None:
    texts = {"1": "sykkel", "2": "alene", "3": "[UNK]"}
    documents = [Document(name, "", text) for name, text in texts.items()]
    store = VectorStore(OnnxEncoder(folder))
    index = SemanticIndex.from_documents(documents, store=store)
    assert [match.document_id for match in index.rank("ensom", 1)] == ["2"]
    assert pickle.loads(pickle.dumps(store.encoder)).version == store.encoder.version  # noqa: S301


def remove_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def remove_model(folder: Path) -> None:
    (folder / "model.onnx").unlink()


@pytest.mark.parametrize("remove", [remove_tokenizer, remove_model])
def test_a_folder_that_lacks_something_is_refused(
    folder: Path, remove: Callable[[Path], None]
) -> None:
    remove(folder)
    with pytest.raises(EncoderMissing, match=r"tiny must hold tokenizer\.json and model\.onnx"):
        OnnxEncoder(folder)


def test_without_the_packages_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_encoder, "find_spec", lambda _: None)
    with pytest.raises(EncoderMissing, match=r"behovstorget\[onnx\]"):
        OnnxEncoder(folder)
