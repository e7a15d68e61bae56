"""Days of a demonstration's helpline that are played, by the real actions, for its past or live."""
