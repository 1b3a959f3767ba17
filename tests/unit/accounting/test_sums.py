import numpy as np

from sim.accounting.sums import added_up, sums_of


def test_sums_are_of_the_cells_at_their_places_less_those_at_negative_ones():
    cells = np.array([[1.0, 10.0, 100.0, 1000.0], [2.0, 20.0, 200.0, 2000.0]])
    one_row_of_three = np.array([[0, 3, -1]])
    two_rows_of_one = np.array([[2], [1]])
    nothing = np.zeros((1, 0), dtype=np.int64)
    sums = sums_of([(one_row_of_three, 1.0), (two_rows_of_one, 0.5), (nothing, 1.0)])
    by_sum = added_up(sums, cells).reshape(4, 2)
    assert by_sum.tolist() == [[991.0, 1982.0], [50.0, 100.0], [5.0, 10.0], [0.0, 0.0]]
