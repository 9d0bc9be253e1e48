"""The tables of the full text, which Django knows nothing of. What stands in them: newsdesk/search/fts5.py, tsvector.py."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_stems USING fts5(title, body, content = '', tokenize = \"ascii tokenchars '_'\")",
        "CREATE VIRTUAL TABLE search_forms USING fts5("
        "forms, content = '', detail = none, columnsize = 0, tokenize = \"ascii tokenchars '_^'\")",
        "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_stems, col)",
        "CREATE VIRTUAL TABLE search_vocabulary_of_forms USING fts5vocab(search_forms, row)",
        # Postings of one transaction stay in memory up to so many bytes before they are written as a segment.
        "INSERT INTO search_stems(search_stems, rank) VALUES ('hashsize', 16777216)",
        "INSERT INTO search_forms(search_forms, rank) VALUES ('hashsize', 16777216)",
    ),
    "postgresql": (
        # The vectors lie outside of the rows, so that the rows of a long list of hits are few pages.
        "CREATE TABLE search_vectors ("
        " article bigint PRIMARY KEY, stems tsvector NOT NULL, forms tsvector NOT NULL, doubt smallint NOT NULL"
        ") WITH (toast_tuple_target = 128)",
        "CREATE INDEX search_vectors_stems ON search_vectors USING gin (stems)",
        "CREATE INDEX search_vectors_forms ON search_vectors USING gin (forms)",
        "CREATE INDEX search_vectors_doubt ON search_vectors (article) WHERE doubt > 0",
        # The planner takes reading a vector for cheap, and would read all of them where a word is frequent.
        "CREATE FUNCTION search_stems(tsquery) RETURNS bytea LANGUAGE sql STABLE SET enable_seqscan = off AS "
        "$$SELECT string_agg(int4send(article::int), '') FROM search_vectors WHERE stems @@ $1$$",
        "CREATE FUNCTION search_forms(tsquery) RETURNS bytea LANGUAGE sql STABLE SET enable_seqscan = off AS "
        "$$SELECT string_agg(int4send(article::int), '') FROM search_vectors WHERE forms @@ $1$$",
        # Packed already: to try again costs time.
        "ALTER TABLE search_bitmap ALTER COLUMN ids SET STORAGE EXTERNAL",
        "ALTER TABLE search_words ALTER COLUMN words SET STORAGE EXTERNAL",
    ),
}
DROP = {
    "sqlite": (
        "DROP TABLE search_vocabulary_of_forms",
        "DROP TABLE search_vocabulary",
        "DROP TABLE search_forms",
        "DROP TABLE search_stems",
    ),
    "postgresql": (
        "DROP FUNCTION search_forms(tsquery)",
        "DROP FUNCTION search_stems(tsquery)",
        "DROP TABLE search_vectors",
    ),
}


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
