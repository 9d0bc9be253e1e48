"""Words that say nothing about what a text is about, Russian and English, as folded forms.

The index keeps them, so that phrases hold; only where a word is taken for a subject are they left out.
"""

from __future__ import annotations

RUSSIAN = """
а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если
есть еще же за здесь и из или им ими их к как какой когда кто ли лишь либо между меня мне может можно мой мы
на над надо нас не него нее нет ни них но ну о об однако он она они оно от очень по под после при про раз с
сам свой своего своей своих себя сейчас со так также такой там тем теперь то того тоже той только том тот ту
тут ты у уже хотя чего чей чем что чтобы эта эти это этого этой этом этот эту я
"""

ENGLISH = """
a about after all also an and any are as at be because been before being between both but by can could did do
does for from had has have he her here him his how i if in into is it its just may me more most my no nor not
of on only or other our out over own s said she should so some such t than that the their them then there
these they this those through to too under until up upon very was we were what when where which while who whom
why will with would you your
"""

STOP_WORDS = frozenset(f"{RUSSIAN} {ENGLISH}".split())
