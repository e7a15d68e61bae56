"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.activities.quizzes.web import lesson, papers, public as door, staff as desk

app_name = "quizzes"
public = [
    path("quizzes/", door.every, name="every"),
    path("quizzes/<slug:code>/", door.one, name="one"),
    path("quizzes/<slug:code>/begin/", door.begin, name="begin"),
    path("quizzes/<slug:code>/again/", door.again, name="again"),
    path("quizzes/<slug:code>/questions/<int:nth>/", door.question, name="question"),
    path("quizzes/<slug:code>/end/", door.end, name="end"),
    path("quiz-words/<str:token>/", door.words, name="words"),
    path("quizzes/<slug:code>/class/", lesson.begin, name="class"),
    path("quizzes/<slug:code>/class/<int:nth>/", lesson.question, name="class_question"),
    path("quizzes/<slug:code>/class/<int:nth>/pause/", lesson.pause, name="class_pause"),
    path("quizzes/<slug:code>/class/end/", lesson.end, name="class_end"),
    path("quizzes/<slug:code>/sheet.pdf", papers.sheet, name="sheet"),
    path("quizzes/<slug:code>/answers.pdf", papers.answers, name="answers"),
]
staff = [
    path("", desk.board, name="board"),
    path("import/", desk.bring_in, name="bring_in"),
    path("convert/", desk.convert, name="convert"),
    path("example.toml", desk.example, name="example"),
    path("versions/<uuid:version_id>/", desk.version, name="version"),
    path("versions/<uuid:version_id>/publish/", desk.publish, name="publish"),
    path("<slug:code>/", desk.one, name="one"),
    path("<slug:code>/withdraw/", desk.withdraw, name="withdraw"),
    path("<slug:code>/restore/", desk.restore, name="restore"),
]
