"""Who is who: pairs of people of the register that may be one, judged by people, never merged by a machine."""
