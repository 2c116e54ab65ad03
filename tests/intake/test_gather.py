"""Files, folders and addresses together: what is read, what is passed over, how it is stored."""

import dataclasses
import os
import sys

import pytest

from annotator import store as stores
from annotator.errors import IntakeError
from annotator.intake import gather
from annotator.model import Clause
from annotator.store import texts

ITEM = "Report {0}\n\nThe police searched newsroom {0} on a Monday and took what they found.\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with texts in two levels, and what else lies about."""
    root = tmp_path / "archive"
    for name in ("b/one.txt", "a/two.md", "three.txt", "a/one.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ITEM.format(name), encoding="utf-8")
    for name in (".hidden.txt", "README.md", "photo.jpg", "Makefile", "~$lock.docx"):
        (root / name).write_text("x", encoding="utf-8")
    return root


@pytest.fixture
def database(tmp_path):
    with stores.open(tmp_path / "work.db") as store:
        yield store


def _names(texts, root):
    return [os.path.relpath(text.place, root).replace(os.sep, "/") for text in texts]


def _kept(store, found):
    documents = (one.documents for one in gather.read_each(found.inside) if not one.error)
    return [kept for batch in gather.keep(store, documents) for kept in batch]


def test_a_folder_stands_for_its_texts_in_order(folder):
    found = gather.find([str(folder)])
    assert _names(found.inside, folder) == ["three.txt", "a/one.txt", "a/two.md", "b/one.txt"]
    assert {why: len(paths) for why, paths in found.skipped.items()} == {
        "hidden": 2,
        "about the folder": 1,
        "of a form that cannot be read": 2,
    }


def test_files_of_one_name_are_told_apart_by_their_folders(folder, database):
    kept = _kept(database, gather.find([str(folder)]))
    assert [one.document.slug for one in kept] == ["three", "a-one", "two", "b-one"]
    assert all(one.new and one.document.version == 1 for one in kept)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_outside_the_folder_is_read(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret that nobody asked for.", encoding="utf-8")
    (folder / "leak.txt").symlink_to(secret)
    (folder / "inside.txt").symlink_to(folder / "three.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    found = gather.find([str(folder)])
    assert "leak.txt" not in _names(found.inside, folder)
    assert "inside.txt" in _names(found.inside, folder)
    assert set(found.skipped) >= {
        "a link that leads out of the folder",
        "a link to a folder",
        "a device or a pipe",
    }


def test_a_mistake_in_one_text_does_not_stop_the_others(folder):
    (folder / "broken.pdf").write_bytes(b"no PDF")
    readings = list(gather.read_each(gather.find([str(folder)]).inside))
    wrong = [one for one in readings if one.error]
    assert [one.place for one in wrong] == [str(folder / "broken.pdf")]
    assert len(readings) == 5


def test_a_batch_is_one_line_of_history_and_sound(folder, database):
    _kept(database, gather.find([str(folder)]))
    assert [line.action for line in database.history()] == ["add_documents"]
    assert database.verify() == []
    again = _kept(database, gather.find([str(folder)]))
    assert not any(one.new for one in again)
    assert len(database.history()) == 1


def test_batches_are_stored_as_they_fill(folder, database, monkeypatch):
    monkeypatch.setattr(gather, "BATCH", 2)
    _kept(database, gather.find([str(folder)]))
    assert [line.action for line in database.history()] == ["add_documents", "add_documents"]


def test_no_more_is_read_than_a_batch_before_it_is_stored(folder, database, monkeypatch):
    monkeypatch.setattr(gather, "BATCH", 2)
    read = []
    texts_read = (
        read.append(one.place) or one.documents
        for one in gather.read_each(gather.find([str(folder)]).inside)
    )
    stored = 0
    for batch in gather.keep(database, texts_read):
        stored += len(batch)
        assert stored == len(read)
    assert stored == 4


def test_a_changed_file_becomes_the_next_version(folder, database):
    _kept(database, gather.find([str(folder)]))
    path = folder / "three.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore was said later.\n", encoding="utf-8")
    (new,) = [one for one in _kept(database, gather.find([str(folder)])) if one.new]
    assert (new.document.slug, new.document.version) == ("three", 2)
    assert database.document("three").version == 2


def test_what_waits_comes_back_as_it_was(folder):
    readings = [one.documents for one in gather.read_each(gather.find([str(folder)]).inside)]
    with gather.Held() as held:
        for documents in readings:
            held.add(documents)
        assert list(held) == readings


def test_a_folder_without_texts_is_refused(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(IntakeError, match="holds no texts"):
        gather.find([str(tmp_path)])


def test_addresses_are_read_as_addresses():
    found = gather.find(["HTTP://127.0.0.1:9/law"])
    (reading,) = gather.read_each(found.named)
    assert reading.error is not None
    assert "127.0.0.1" in str(reading.error)


def test_clauses_are_named_in_the_history_by_the_same_bytes_as_ever():
    odd = 'a "b" \\ \n\t\x01 é 👩 </'
    clause = Clause("art_1", odd, "article", odd, odd, 0, 9, 1, 8, None, odd)
    for one in (clause, dataclasses.replace(clause, parent=odd, article=None)):
        assert texts._clauses_digest([one]) == texts.digest([dataclasses.asdict(one)])
