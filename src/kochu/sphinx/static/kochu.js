// Every page: nothing yet beyond the reading page's own scripts.
