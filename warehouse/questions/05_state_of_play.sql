-- What is the state of play on talks, in the weightiest lines of each side?
SELECT stance, actor_name, target_name, content, last_confirmed, stories, more
FROM state_of_play
WHERE issue = 'diplomacy.talks' AND fresh AND rank <= 5
ORDER BY stance, rank;
