"""Exercises: what is asked, what is right, and how an answer is marked. No Sphinx here.

What a student may see (:class:`~kochu.exercises.model.Question`) and what must not
leave the teacher's desk (:class:`~kochu.exercises.model.Key`) are two types, so that a
writer for students cannot print a key by mistake: it never holds one.
"""
