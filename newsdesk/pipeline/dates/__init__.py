"""When an article was published: grammar of dates, layout of the page, candidates and their score.

words -> grammar -> layout -> candidates -> scoring -> newsdesk.pipeline.stages.date. Nothing here reads a clock.
"""
