-- refuse: a statement without -- name:

SELECT 1
