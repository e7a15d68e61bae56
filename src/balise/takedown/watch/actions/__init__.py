"""Watch and stop (`watching`), take turns (`claiming`), write down what was seen (`noting`), read
where one leads (`reading`), count removals (`counting`).
"""
