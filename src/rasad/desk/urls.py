"""Addresses of the relief desk."""

from django.urls import path

from rasad.desk.views import appeals, emergencies, forwarding, intake, moves, progress, queue, reviews

app_name = "desk"
urlpatterns = [
    path("desk", progress.start, name="start"),
    path("desk/progress", progress.by_district, name="progress"),
    path("desk/to-confirm", progress.to_confirm, name="to_confirm"),
    path("desk/queue", queue.heaps, name="queue"),
    path("desk/queue/heap", queue.heap, name="heap"),
    path("desk/queue/choose", queue.choose, name="choose"),
    path("desk/acts", moves.acts, name="acts"),
    path("desk/acts/<uuid:act>/back", moves.back, name="back"),
    path("desk/tokens/<str:number>/shop", moves.one, name="move"),
    path("desk/shops/<str:number>/move", moves.of_shop, name="empty"),
    path("desk/reviews/<int:pk>", reviews.one, name="review"),
    path("desk/reviews/<int:pk>/decide", reviews.decide, name="decide_review"),
    path("desk/reviews/<int:pk>/confirm", reviews.confirm, name="confirm_review"),
    path("desk/reviews/<int:pk>/reopen", reviews.reopen, name="reopen_review"),
    path("desk/appeals", appeals.listed, name="appeals"),
    path("desk/rows/<int:pk>/appeal", appeals.new, name="new_appeal"),
    path("desk/appeals/<int:pk>", appeals.one, name="appeal"),
    path("desk/appeals/<int:pk>/decide", appeals.decide, name="decide_appeal"),
    path("desk/appeals/<int:pk>/confirm", appeals.confirm, name="confirm_appeal"),
    path("desk/schemes", emergencies.listed, name="emergencies"),
    path("desk/schemes/new", emergencies.new, name="new_emergency"),
    path("desk/push-again", emergencies.push_again, name="push_again"),
    path("desk/schemes/<slug:code>", emergencies.one, name="emergency"),
    path("desk/schemes/<slug:code>/upload", emergencies.upload, name="upload"),
    path("desk/schemes/<slug:code>/trial", emergencies.trial, name="trial"),
    path("desk/schemes/<slug:code>/open", emergencies.open_, name="open"),
    path("desk/schemes/<slug:code>/run", emergencies.run, name="run"),
    path("desk/schemes/<slug:code>/close", emergencies.close, name="close"),
    path("desk/schemes/<slug:code>/take-up", emergencies.take_up, name="take_up"),
    path("desk/forward", forwarding.listed, name="forward"),
    path("desk/forward/go", forwarding.forward, name="forward_go"),
    path("desk/forward/<int:pk>/back", forwarding.back, name="call_back"),
    path("desk/survey", intake.survey, name="survey"),
    path("desk/tweet", intake.tweet, name="tweet"),
    path("desk/tweets", intake.tweets_file, name="tweets_file"),
]
