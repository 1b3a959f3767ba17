"""What a planner writes: frozen nouns, their files, and the checks that name the cure."""
