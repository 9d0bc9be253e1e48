import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.detect import LANGUAGES, SAMPLE, Detected, detect_language, take_sample

RUSSIAN = "Министры встретились в четверг и договорились, что новый мост через реку откроют уже этой весной."
ENGLISH = (
    "The ministers met on Thursday and agreed that the new bridge over the river will open to traffic this spring."
)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("ru", RUSSIAN, id="ru"),
        pytest.param("ru", "Поезд из Баку опоздал на два часа", id="ru, a title"),
        pytest.param("en", ENGLISH, id="en"),
        pytest.param("en", "Train from the capital delayed by two hours", id="en, a title"),
        pytest.param("uk", "Міністри зустрілися в четвер і домовилися, що новий міст відкриють цієї весни", id="uk"),
        pytest.param("be", "Міністры сустрэліся ў чацвер і дамовіліся, што новы мост адкрыюць гэтай вясной", id="be"),
        pytest.param("bg", "Министрите се срещнаха в четвъртък и се договориха новият мост да бъде открит", id="bg"),
        pytest.param("kk", "Министрлер бейсенбіде кездесіп, жаңа көпірді көктемде ашуға келісті", id="kk"),
        pytest.param("az", "Nazirlər cümə axşamı görüşdülər və yeni körpünün yazda açılacağını dedilər", id="az"),
        pytest.param(
            "az", "Назирләр ҹүмә ахшамы көрүшдүләр вә јени көрпүнүн јазда ачылаҹағыны дедиләр", id="az, Cyrillic"
        ),
        pytest.param(
            "tr", "Bakanlar perşembe günü bir araya geldi ve yeni köprünün baharda açılacağını söyledi", id="tr"
        ),
        pytest.param("ka", "მინისტრები ხუთშაბათს შეხვდნენ", id="ka"),
        pytest.param("hy", "Նախարարները հանդիպեցին հինգշաբթի", id="hy"),
        pytest.param("he", "השרים נפגשו ביום חמישי", id="he"),
        pytest.param("fa", "وزیران روز پنجشنبه دیدار کردند و پل تازه بهار امسال گشایش می‌یابد", id="fa"),
        pytest.param("ar", "التقى الوزراء يوم الخميس واتفقوا على افتتاح الجسر الجديد هذا الربيع", id="ar"),
        pytest.param(
            "de", "Die Minister trafen sich am Donnerstag und wollen die neue Brücke im Frühjahr öffnen", id="de"
        ),
        pytest.param("fr", "Les ministres se sont réunis jeudi et le nouveau pont ouvrira au printemps", id="fr"),
        pytest.param("es", "Los ministros se reunieron el jueves y el nuevo puente abrirá en primavera", id="es"),
        pytest.param("pl", "Ministrowie spotkali się w czwartek i uzgodnili, że nowy most otworzą wiosną", id="pl"),
        pytest.param("it", "I ministri si sono incontrati giovedì e il nuovo ponte aprirà in primavera", id="it"),
        pytest.param("ro", "Miniștrii s-au întâlnit joi și noul pod va fi deschis în primăvară", id="ro"),
        pytest.param("zh", "部长们星期四会面", id="zh"),
        pytest.param("ja", "大臣たちは木曜日に会った", id="ja"),
    ],
)
def test_language(code: str, text: str) -> None:
    assert detect_language(text).code == code


@pytest.mark.parametrize("text", ["", "2022", "Баку", "AZAL 8243", "— … —"])
def test_too_little_text_is_unknown(text: str) -> None:
    assert detect_language(text) == Detected("und", 0.0, "", 0.0)


def test_a_close_call_keeps_its_runner_up() -> None:
    detected = detect_language("Поезд из Баку опоздал")

    assert detected.code == "ru"
    assert detected.runner_up in LANGUAGES.split()
    assert 0 < detected.margin <= detected.confidence < 1


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert detect_language(f"{RUSSIAN} {ENGLISH[:60]} {RUSSIAN}").code == "ru"
    assert detect_language(f"{ENGLISH} {RUSSIAN[:60]} {ENGLISH}").code == "en"


def test_a_long_text_is_sampled() -> None:
    assert len(take_sample("слово " * 100_000)) == SAMPLE + 1
    assert detect_language(RUSSIAN * 10_000).code == "ru"


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    assert detect_language(text).code in {*LANGUAGES.split(), "und"}
