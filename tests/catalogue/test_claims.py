"""What one process of all machines has: granted to one, and to another when that one ends or loses the database."""

from guide.catalogue.store.database import POSTGRESQL, Database
from tests.databases import Databases


def test_a_claim_is_one_process_s_until_it_is_given_back(databases: Databases) -> None:
    url = databases.url()
    first, second = Database(url), Database(url)
    one, other = first.claim("keeper"), second.claim("keeper")
    assert one.is_held()
    assert one.is_held()
    assert one.was_held
    shared = first.dialect == POSTGRESQL
    assert other.is_held() is not shared  # a SQLite file is one machine's, which has locks of its own
    another = second.claim("something else")
    assert another.is_held()
    another.give_back()
    one.give_back()
    assert other.is_held()
    assert one.is_held() is not shared
    other.give_back()
    for each in (first, second):
        each.close()
