from newsdesk.pipeline.stories.shingles import Shingles


def test_shingles_find_the_articles_that_have_them() -> None:
    shingles = Shingles(most=3)

    for article in range(5000):
        shingles.add(article % 1000 * 4096, article)

    assert sorted(shingles.find(7 * 4096)) == [7, 1007, 2007]
    assert shingles.find(7) == []


def test_what_is_common_is_cut_off() -> None:
    shingles = Shingles(most=3)

    for article in range(10):
        shingles.add(99, article)

    assert len(shingles.find(99)) == 3
