from bench.evaluate_pages import find_misses, measure
from newsdesk.pipeline.document import Cut, Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from scripts.train_line_model import MadeUp

PAGE = MadeUp("en-0", "Menu\nThe ferry stops.\nIt is cold.\nShare", "XBBX", "")


def test_a_line_of_the_body_is_lost_and_one_of_the_site_kept_by_how_much_is_left():
    second = PAGE.text.index("It is")
    cuts = (Cut(0, 4, "navigation", 1.0, "line"), Cut(second, second + 3, "teaser", 1.0, "line"))

    lost, kept = find_misses(PAGE, Document(RawDocument(PAGE.text), cuts=cuts))

    assert lost == ["It is cold."]
    assert kept == ["Share"]


def test_a_title_and_a_day_count_as_right_wrong_or_neither():
    body = (
        "The ferry between Oldport and the island of Marn will stop for the winter, the harbour company said on Monday."
    )
    text = f"Island ferry stops for the winter\n\n12 May 2021\n\n{body}"

    counts, _, _ = measure(MadeUp("en-0", text, "T-X-B", "2021-05-12"), Clean({}))
    nothing, _, _ = measure(MadeUp("en-0", body, "B", ""), Clean({}))
    others, _, _ = measure(MadeUp("en-0", text, "X-X-B", "2021-05-13"), Clean({}))

    assert (counts["right title"], counts["wrong title"], counts["right day"], counts["wrong day"]) == (1, 0, 1, 0)
    assert [nothing[name] for name in ("right title", "wrong title", "right day", "wrong day")] == [0, 0, 0, 0]
    assert (others["right title"], others["wrong title"], others["right day"], others["wrong day"]) == (0, 1, 0, 1)
